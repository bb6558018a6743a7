package io.reprise.cli.dev;

import io.reprise.catalog.shared.BadSettings;
import io.reprise.cli.shared.CommandFailed;
import io.reprise.cli.shared.ExitCode;
import io.reprise.embedded.DataFolder;
import io.reprise.embedded.FolderTaken;
import io.reprise.embedded.PortTaken;
import io.reprise.embedded.Ports;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "dev",
        description = "Starts everything on this machine: PostgreSQL, Kafka, Temporal, a worker and the api.",
        mixinStandardHelpOptions = true)
public final class DevCommand implements Callable<Integer> {

    private enum Only {
        INFRA
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--data", paramLabel = "DIR", description = "Where data is kept between runs (default: .reprise)")
    private @Nullable Path data;

    @Option(
            names = "--catalog",
            paramLabel = "DIR",
            description = "The folder of pipelines to apply on change (default: REPRISE_CATALOG, else examples/shop)")
    private @Nullable Path catalog;

    @Option(names = "--http-port", paramLabel = "N", description = "The port of the api (default: 8080)")
    private @Nullable Integer httpPort;

    @Option(
            names = "--only",
            paramLabel = "infra",
            description = "Start the servers alone, for a separate api and worker")
    private @Nullable Only only;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            defaultValue = "0",
            description = "Added to every port (default: 0)")
    private int portOffset;

    @Option(
            names = "--until-ready",
            hidden = true,
            description = "Stop as soon as everything is up, to train a fast start")
    private boolean untilReady;

    @Override
    public Integer call() {
        DevEnd end = DevEnd.onSignal();
        try {
            run(settings(System.getenv()), end);
            return ExitCode.DONE.code();
        } catch (FolderTaken e) {
            throw new CommandFailed(
                    ExitCode.REFUSED,
                    e.getMessage() + "; stop it, or give this one a folder of its own with --data",
                    e);
        } catch (PortTaken e) {
            throw new CommandFailed(
                    ExitCode.REFUSED,
                    e.getMessage() + "; stop that program, or move all ports with --port-offset 100",
                    e);
        } catch (BadSettings | IllegalArgumentException e) {
            throw new CommandFailed(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        } finally {
            end.finished();
        }
    }

    private void run(DevSettings settings, DevEnd end) {
        Instant begun = Instant.now();
        PrintWriter out = spec.commandLine().getOut();
        if (only == null && !Ports.isFree(settings.ports().http())) {
            throw new CommandFailed(
                    ExitCode.REFUSED,
                    "cannot start the api: port " + settings.ports().http()
                            + " on 127.0.0.1 is taken by another program"
                            + " (expected: a free port); stop that program, or move all ports with --port-offset 100");
        }
        try (DataFolder folder = DataFolder.own(settings.data());
                DevServers servers = DevServers.start(settings, end, line -> say(out, line))) {
            if (end.isAsked()) {
                return;
            }
            if (only == Only.INFRA) {
                say(out, "Reprise's servers are up after " + seconds(begun) + ". Data: " + folder.path());
                say(out, "");
                DevTable.print(out, servers.rows());
                tellWhatSeparateProcessesNeed(out, servers.additions());
                await(out, end);
                return;
            }
            runApplication(settings, servers, end, begun);
        }
    }

    private void runApplication(DevSettings settings, DevServers servers, DevEnd end, Instant begun) {
        PrintWriter out = spec.commandLine().getOut();
        try (DevApplication application = DevApplication.start(settings, servers.environment())) {
            if (!application.becomesReady(end::isAsked)) {
                requireAsked(end, application);
                return;
            }
            say(out, "Reprise is up after " + seconds(begun) + ". Data: " + settings.data());
            say(out, "");
            DevTable.print(
                    out,
                    Stream.concat(application.rows().stream(), servers.rows().stream())
                            .toList());
            application.tellWhatToTry(line -> say(out, line));
            await(out, end);
        }
    }

    private static void requireAsked(DevEnd end, DevApplication application) {
        if (!end.isAsked()) {
            throw new CommandFailed(
                    ExitCode.TIMED_OUT,
                    "Reprise did not become ready: " + application.readiness()
                            + " was still not UP (the log above says why)");
        }
    }

    private void await(PrintWriter out, DevEnd end) {
        if (untilReady) {
            return;
        }
        end.await();
        say(out, "Stopping…");
    }

    private static void tellWhatSeparateProcessesNeed(PrintWriter out, Map<String, String> additions) {
        say(out, "");
        say(out, "For ./reprise api and ./reprise worker as processes of their own:");
        say(out, "");
        additions.forEach((key, value) -> say(out, "export " + key + "=" + value));
        say(out, "");
        say(out, "Ctrl-C stops the servers; the data stays.");
    }

    private DevSettings settings(Map<String, String> environment) {
        DevPorts ports = DevPorts.shiftedBy(portOffset);
        Optional<Integer> http = Optional.ofNullable(httpPort)
                .or(() -> Optional.ofNullable(environment.get("REPRISE_HTTP_PORT"))
                        .map(DevCommand::port));
        Path folder = Optional.ofNullable(data)
                .or(() -> Optional.ofNullable(environment.get("REPRISE_DATA")).map(Path::of))
                .orElseGet(() -> Path.of(System.getProperty("reprise.root", ""), ".reprise"));
        return new DevSettings(
                folder, pipelines(environment), http.map(ports::withHttp).orElse(ports), environment);
    }

    private Optional<Path> pipelines(Map<String, String> environment) {
        Optional<Path> wanted = Optional.ofNullable(catalog)
                .or(() ->
                        Optional.ofNullable(environment.get("REPRISE_CATALOG")).map(Path::of));
        wanted.filter(path -> !Files.isDirectory(path)).ifPresent(path -> {
            throw new IllegalArgumentException("cannot use the catalog " + path + " (expected: a folder that exists)");
        });
        return wanted.or(() -> Optional.of(
                        Path.of(System.getProperty("reprise.root", "")).resolve(DevSettings.EXAMPLES))
                .filter(Files::isDirectory));
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "cannot read REPRISE_HTTP_PORT=" + text + " (expected: a port number)", e);
        }
    }

    private static String seconds(Instant begun) {
        return "%.1f s".formatted(Duration.between(begun, Instant.now()).toMillis() / 1000.0);
    }

    private static void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}
