package io.reprise.cli.stream;

import picocli.CommandLine.Command;

/** A group of commands: picocli asks for the missing one by itself. */
@Command(
        name = "stream",
        description = "Shows, pauses and resumes what loads topics into tables.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            StreamListCommand.class,
            StreamShowCommand.class,
            StreamPauseCommand.class,
            StreamResumeCommand.class,
        })
public final class StreamCommand {}
