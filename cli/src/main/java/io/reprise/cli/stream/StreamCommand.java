package io.reprise.cli.stream;

import picocli.CommandLine.Command;

/** A group of commands: picocli asks for the missing one by itself. */
@Command(
        name = "stream",
        description = "Shows, plans, balances, pauses and resumes what loads topics into tables.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            StreamListCommand.class,
            StreamShowCommand.class,
            StreamPlanCommand.class,
            StreamBalanceCommand.class,
            StreamPauseCommand.class,
            StreamResumeCommand.class,
        })
public final class StreamCommand {}
