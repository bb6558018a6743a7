package io.reprise.cli.connection;

import picocli.CommandLine.Command;

/** A group of commands: picocli asks for the missing one by itself. */
@Command(
        name = "connection",
        description = "Shows and prepares the databases that steps may use.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ConnectionListCommand.class,
            ConnectionPrepareCommand.class,
        })
public final class ConnectionCommand {}
