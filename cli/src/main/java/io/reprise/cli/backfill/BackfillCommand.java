package io.reprise.cli.backfill;

import picocli.CommandLine.Command;

/** A group of commands: picocli asks for the missing one by itself. */
@Command(
        name = "backfill",
        description = "Runs a pipeline for many slots of the past, a few at a time.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            BackfillPlanCommand.class,
            BackfillStartCommand.class,
            BackfillListCommand.class,
            BackfillShowCommand.class,
            BackfillPauseCommand.class,
            BackfillResumeCommand.class,
            BackfillCancelCommand.class,
            BackfillRetryCommand.class,
        })
public final class BackfillCommand {}
