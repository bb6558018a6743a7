package io.reprise.cli.run;

import picocli.CommandLine.Command;

/** A group of commands: picocli asks for the missing one by itself. */
@Command(
        name = "step",
        description = "Steers steps that wait for a person: of one run, or of all that a filter finds.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {StepRetryCommand.class, StepSkipCommand.class})
public final class StepCommand {}
