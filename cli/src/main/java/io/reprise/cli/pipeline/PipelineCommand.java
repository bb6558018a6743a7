package io.reprise.cli.pipeline;

import picocli.CommandLine.Command;

/** A group of commands: picocli asks for the missing one by itself. */
@Command(
        name = "pipeline",
        description = "Lists, shows and runs the pipelines of the applied catalog, and tests those of a folder.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            PipelineListCommand.class,
            PipelineShowCommand.class,
            PipelineRunCommand.class,
            PipelineTestCommand.class
        })
public final class PipelineCommand {}
