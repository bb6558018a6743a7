package io.reprise.cli.catalog;

import picocli.CommandLine.Command;

/** A group of commands: picocli asks for the missing one by itself. */
@Command(
        name = "catalog",
        description = "Checks the folder in which people write down connections, environments and pipelines.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            CatalogCheckCommand.class,
            CatalogPlanCommand.class,
            CatalogApplyCommand.class,
            CatalogSchemaCommand.class
        })
public final class CatalogCommand {}
