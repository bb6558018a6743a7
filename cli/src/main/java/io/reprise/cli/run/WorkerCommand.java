package io.reprise.cli.run;

import io.reprise.catalog.shared.BadSettings;
import io.reprise.catalog.shared.Settings;
import io.reprise.cli.catalog.CatalogWatch;
import io.reprise.cli.shared.CommandFailed;
import io.reprise.cli.shared.EndSignal;
import io.reprise.cli.shared.ExitCode;
import io.reprise.worker.Worker;
import io.reprise.worker.WorkerSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "worker",
        description = "Runs workflows, steps, the trigger and the outbox relay until it is asked to end.",
        mixinStandardHelpOptions = true)
public final class WorkerCommand implements Callable<Integer> {

    private static final Duration DRAIN = Duration.ofSeconds(30);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        EndSignal end = EndSignal.within(DRAIN);
        WorkerSettings settings = settings();
        Optional<CatalogWatch> catalog = Optional.ofNullable(System.getenv("REPRISE_CATALOG"))
                .map(folder -> CatalogWatch.start(Path.of(folder), System.getenv(), settings.ledger()));
        try (Worker process = start(settings)) {
            say("The worker " + process.id() + " says how it is at " + process.http());
            end.await();
        } finally {
            catalog.ifPresent(CatalogWatch::close);
            end.drained();
        }
        return ExitCode.DONE.code();
    }

    private static Worker start(WorkerSettings settings) {
        try {
            return Worker.start(settings);
        } catch (IllegalStateException e) {
            throw new CommandFailed(ExitCode.REFUSED, String.valueOf(e.getMessage()), e);
        }
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }

    private static WorkerSettings settings() {
        Path file = Path.of(System.getProperty("reprise.root", ""), "reprise.yaml");
        try {
            return WorkerSettings.from(Settings.read(System.getenv(), file, WorkerSettings.declared()));
        } catch (BadSettings | IllegalArgumentException e) {
            throw new CommandFailed(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }
}
