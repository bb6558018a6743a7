package io.reprise.cli.run;

import io.reprise.api.Api;
import io.reprise.api.ApiSettings;
import io.reprise.catalog.shared.BadSettings;
import io.reprise.cli.shared.CommandFailed;
import io.reprise.cli.shared.EndSignal;
import io.reprise.cli.shared.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "api",
        description = "Serves the HTTP api until it is stopped. Ledger and Temporal may come later: it waits for them.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Settings come from the environment, then from reprise.yaml.",
            "",
            "Example:",
            "  REPRISE_DB_URL=jdbc:postgresql://db/reprise REPRISE_TEMPORAL_ADDRESS=temporal:7233 reprise api",
        })
public final class ApiCommand implements Callable<Integer> {

    private static final Duration DRAIN = Duration.ofSeconds(20);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        ApiSettings settings = settings();
        EndSignal end = EndSignal.within(DRAIN);
        try (Api api = start(settings)) {
            PrintWriter out = spec.commandLine().getOut();
            out.println("The api listens on " + api.uri());
            out.flush();
            end.await();
        } finally {
            end.drained();
        }
        return ExitCode.DONE.code();
    }

    private static Api start(ApiSettings settings) {
        try {
            return Api.start(settings);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new CommandFailed(ExitCode.REFUSED, String.valueOf(e.getMessage()), e);
        }
    }

    private static ApiSettings settings() {
        Path file = Path.of(System.getProperty("reprise.root", ""), "reprise.yaml");
        try {
            return ApiSettings.read(System.getenv(), file);
        } catch (BadSettings e) {
            throw new CommandFailed(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(ExitCode.REFUSED, String.valueOf(e.getMessage()), e);
        }
    }
}
