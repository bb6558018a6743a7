package io.reprise.cli.order;

import picocli.CommandLine.Command;

/** A group of commands: picocli asks for the missing one by itself. */
@Command(
        name = "order",
        description = "Places, shows, cancels and audits orders.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            OrderPlaceCommand.class,
            OrderShowCommand.class,
            OrderCancelCommand.class,
            OrderAuditCommand.class,
        })
public final class OrderCommand {}
