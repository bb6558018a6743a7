package io.reprise.cli;

import io.reprise.bench.Bench;
import io.reprise.cli.backfill.BackfillCommand;
import io.reprise.cli.catalog.CatalogCommand;
import io.reprise.cli.connection.ConnectionCommand;
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
import io.reprise.cli.shared.CommandFailed;
import io.reprise.cli.shared.ExitCode;
import io.reprise.cli.trigger.TriggerCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code reprise} command. A new verb is a class of its own and one line here. */
@Command(
        name = "reprise",
        description = "Runs business and data workflows whose steps happen once and can be undone.",
        mixinStandardHelpOptions = true,
        version = "reprise 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
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
            DlqCommand.class,
            CatalogCommand.class,
            ConnectionCommand.class,
            MigrateCommand.class,
            GenerateCommand.class,
            TestCommand.class,
            Bench.class,
            HelpCommand.class,
        })
public final class Main implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The whole command, for tests too. */
    public static CommandLine commandLine() {
        return configured(new CommandLine(new Main()));
    }

    static CommandLine configured(CommandLine command) {
        return command.setCaseInsensitiveEnumValuesAllowed(true)
                .setExitCodeExceptionMapper(Main::exitCodeOf)
                .setExecutionExceptionHandler((failure, failed, parsed) -> {
                    report(failure, failed);
                    return exitCodeOf(failure);
                });
    }

    private static void report(Exception failure, CommandLine command) {
        command.getErr().println("reprise: " + failure.getMessage());
        if (!(failure instanceof CommandFailed)) {
            failure.printStackTrace(command.getErr());
        }
        command.getErr().flush();
    }

    private static int exitCodeOf(Throwable failure) {
        if (failure instanceof CommandFailed failed) {
            return failed.exitCode().code();
        }
        return failure instanceof ParameterException ? ExitCode.USAGE.code() : ExitCode.FAILED.code();
    }
}
