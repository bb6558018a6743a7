package io.reprise.cli.run;

import io.reprise.api.Api;
import io.reprise.api.ApiSettings;
import io.reprise.catalog.shared.BadSettings;
import io.reprise.cli.shared.CommandFailed;
import io.reprise.cli.shared.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        ApiSettings settings = settings();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(asked, stopped), "reprise-api-end"));
        try (Api api = Api.start(settings)) {
            PrintWriter out = spec.commandLine().getOut();
            out.println("The api listens on " + api.uri());
            out.flush();
            asked.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopped.countDown();
        }
        return ExitCode.DONE.code();
    }

    /** Ends the process with 0 once the api has answered what it was at. */
    private static void stop(CountDownLatch asked, CountDownLatch stopped) {
        asked.countDown();
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ExitCode.DONE.code());
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
