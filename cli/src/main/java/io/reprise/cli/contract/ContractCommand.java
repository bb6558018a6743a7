package io.reprise.cli.contract;

import picocli.CommandLine.Command;

/** A group of commands: picocli asks for the missing one by itself. */
@Command(
        name = "contract",
        description =
                "Checks what is agreed on the records of topics, and helps to write the next version. No server is asked.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ContractCheckCommand.class,
            ContractShowCommand.class,
            ContractDiffCommand.class,
            ContractEvolveCommand.class
        })
public final class ContractCommand {}
