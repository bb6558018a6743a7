package io.reprise.cli.trigger;

import picocli.CommandLine.Command;

/** A group of commands: picocli asks for the missing one by itself. */
@Command(
        name = "trigger",
        description = "Shows, pauses, resumes, sets back and checks the consumers that start runs from Kafka.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            TriggerListCommand.class,
            TriggerShowCommand.class,
            TriggerPauseCommand.class,
            TriggerResumeCommand.class,
            TriggerResetCommand.class,
            TriggerCheckCommand.class,
        })
public final class TriggerCommand {}
