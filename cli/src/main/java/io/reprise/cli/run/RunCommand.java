package io.reprise.cli.run;

import picocli.CommandLine.Command;

/** A group of commands: picocli asks for the missing one by itself. */
@Command(
        name = "run",
        description = "Starts, shows and steers runs. ID is a run id, or a workflow id such as order/o-1001.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunStartCommand.class,
            RunListCommand.class,
            RunShowCommand.class,
            RunLogsCommand.class,
            RunCancelCommand.class,
            RunUndoCommand.class,
            RunRetryCommand.class,
            RunReplayCommand.class,
        })
public final class RunCommand {}
