package io.reprise.cli.pipeline;

import picocli.CommandLine.Command;

/** A group of commands: picocli asks for the missing one by itself. */
@Command(
        name = "pipeline",
        description = "Runs pipelines of the applied catalog.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {PipelineRunCommand.class})
public final class PipelineCommand {}
