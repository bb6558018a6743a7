package io.reprise.cli.run;

import picocli.CommandLine.Command;

/** A group of commands: picocli asks for the missing one by itself. */
@Command(
        name = "step",
        description = "Steers steps that wait for a person, and tries steps that are rolled back.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            StepApproveCommand.class,
            StepRejectCommand.class,
            StepRetryCommand.class,
            StepSkipCommand.class,
            StepRunCommand.class,
        })
public final class StepCommand {}
