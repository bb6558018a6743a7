package io.reprise.cli;

import io.reprise.bench.Bench;
import io.reprise.cli.backfill.BackfillCommand;
import io.reprise.cli.catalog.CatalogCommand;
import io.reprise.cli.connection.ConnectionCommand;
import io.reprise.cli.contract.ContractCommand;
import io.reprise.cli.deadletter.DlqCommand;
import io.reprise.cli.dev.DevCommand;
import io.reprise.cli.generate.GenerateCommand;
import io.reprise.cli.migration.MigrateCommand;
import io.reprise.cli.order.OrderCommand;
import io.reprise.cli.pipeline.PipelineCommand;
import io.reprise.cli.run.ApiCommand;
import io.reprise.cli.run.AuditCommand;
import io.reprise.cli.run.RunCommand;
import io.reprise.cli.run.StepCommand;
import io.reprise.cli.run.WorkerCommand;
import io.reprise.cli.schedule.ScheduleCommand;
import io.reprise.cli.stream.StreamCommand;
import io.reprise.cli.trigger.TriggerCommand;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What {@code reprise} can be asked for. Only the verb that is asked for is unfolded, the others are a line in the help: to read the
 * options of all of them takes longer than all else that a short command does.
 */
final class Verbs {

    private static final List<Class<?>> ALL = List.of(
            DevCommand.class,
            WorkerCommand.class,
            ApiCommand.class,
            OrderCommand.class,
            RunCommand.class,
            PipelineCommand.class,
            StepCommand.class,
            AuditCommand.class,
            ScheduleCommand.class,
            BackfillCommand.class,
            TriggerCommand.class,
            StreamCommand.class,
            DlqCommand.class,
            CatalogCommand.class,
            ConnectionCommand.class,
            ContractCommand.class,
            MigrateCommand.class,
            GenerateCommand.class,
            TestCommand.class,
            Bench.class);

    private Verbs() {}

    static CommandLine addedTo(CommandLine command, Predicate<String> asked) {
        for (Class<?> verb : ALL) {
            Command described = Objects.requireNonNull(verb.getAnnotation(Command.class), verb::getName);
            command.addSubcommand(described.name(), asked.test(described.name()) ? verb : folded(described));
        }
        return command.addSubcommand(new HelpCommand());
    }

    private static CommandSpec folded(Command described) {
        CommandSpec spec = CommandSpec.create().name(described.name());
        spec.usageMessage().description(described.description());
        return spec;
    }
}
