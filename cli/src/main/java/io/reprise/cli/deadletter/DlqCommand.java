package io.reprise.cli.deadletter;

import picocli.CommandLine.Command;

/** A group of commands: picocli asks for the missing one by itself. */
@Command(
        name = "dlq",
        description = "Shows and decides dead letters: records that could not become runs.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DlqListCommand.class,
            DlqShowCommand.class,
            DlqReplayCommand.class,
            DlqDiscardCommand.class,
            DlqExportCommand.class,
        })
public final class DlqCommand {}
