package io.reprise.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one-process server of Temporal's CLI, its data in a folder named by its version because it never migrates one. */
final class TemporalProcess implements TemporalServer {

    private static final Logger LOG = LoggerFactory.getLogger(TemporalProcess.class);

    /** A start that hangs is rare and does not recover; the next one works. */
    private static final int START_TRIES = 3;

    private static final Duration START_LIMIT = Duration.ofSeconds(45);
    private static final int SIGNALLED = 128;
    private static final Duration PAUSE = Duration.ofMillis(25);

    /**
     * Queues are read 20 times a second by default, which adds up to 50 ms to every hop; new tasks overtake those that have
     * waited for less than five seconds; and an id longer than a database column is refused instead of retried for ever.
     */
    private static final List<String> TUNING = List.of(
            "history.transferProcessorMaxPollRPS=2000",
            "history.timerProcessorMaxPollRPS=500",
            "history.visibilityProcessorMaxPollRPS=500",
            "matching.numTaskqueueReadPartitions=1",
            "matching.numTaskqueueWritePartitions=1",
            "matching.backlogNegligibleAge=\"200ms\"",
            "frontend.enableCancelWorkerPollsOnShutdown=true",
            "frontend.namespaceRPS.visibility=100",
            "limit.maxIDLength=255");

    private final TemporalSettings settings;
    private final TemporalCli cli;
    private final DataFolder folder;
    private final ProcessEnd processEnd;
    private final OptionalInt uiPort;
    private int port;
    private @Nullable Process process;

    TemporalProcess(TemporalSettings settings, TemporalCli cli) {
        this.settings = settings;
        this.cli = cli;
        this.folder = DataFolder.of(settings.placement(), "temporal");
        this.uiPort = settings.uiPort();
        this.port = settings.placement().port();
        this.processEnd = ProcessEnd.doing(settings.placement(), this::close);
    }

    @Override
    public synchronized void start() {
        if (process != null && process.isAlive()) {
            return;
        }
        Orphans.end(cli.program().getFileName().toString(), folder.path());
        if (port != 0) {
            Ports.requireFree(port, "Temporal");
        }
        uiPort.ifPresent(taken -> Ports.requireFree(taken, "Temporal's UI"));
        for (int attempt = 1; ; attempt++) {
            int tried = Ports.freeOr(port);
            try {
                launch(tried);
                port = tried;
                return;
            } catch (TemporalUnready e) {
                boolean killed = wasKilled();
                stop();
                if (killed || attempt == START_TRIES) {
                    throw e;
                }
                LOG.warn(
                        "Temporal did not start, trying again ({} of {}): {}",
                        attempt + 1,
                        START_TRIES,
                        e.getMessage());
            }
        }
    }

    /** Somebody who kills it does not want it started again. */
    private boolean wasKilled() {
        return process != null && !process.isAlive() && process.exitValue() > SIGNALLED;
    }

    private void launch(int onPort) {
        Path data = folder.path().resolve(cli.serverVersion());
        Path log = folder.path().resolve("temporal.log");
        Process started;
        try {
            Files.createDirectories(data);
            started = new ProcessBuilder(command(onPort, data.resolve("temporal.db")))
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + cli.program(), e);
        }
        process = started;
        Instant limit = Instant.now().plus(START_LIMIT);
        awaitPort(started, onPort, limit, log);
        try (TemporalFrontend frontend =
                new TemporalFrontend("127.0.0.1:" + onPort, settings.namespace(), started::isAlive)) {
            frontend.prepare(settings.searchAttributes(), Duration.between(Instant.now(), limit));
        }
    }

    private List<String> command(int onPort, Path database) {
        List<String> command = new ArrayList<>(List.of(
                cli.program().toString(),
                "server",
                "start-dev",
                "--db-filename",
                database.toString(),
                "--ip",
                "127.0.0.1",
                "--port",
                Integer.toString(onPort),
                "--namespace",
                settings.namespace(),
                "--log-level",
                "error",
                "--sqlite-pragma",
                "journal_mode=WAL",
                "--sqlite-pragma",
                "synchronous=" + (folder.isTemporary() ? "OFF" : "NORMAL")));
        if (uiPort.isPresent()) {
            command.addAll(List.of("--ui-ip", "127.0.0.1", "--ui-port", Integer.toString(uiPort.getAsInt())));
        }
        if (uiPort.isEmpty()) {
            command.add("--headless");
        }
        TUNING.forEach(setting -> command.addAll(List.of("--dynamic-config-value", setting)));
        return command;
    }

    private static void awaitPort(Process started, int port, Instant limit, Path log) {
        while (!listens(port)) {
            if (!started.isAlive()) {
                throw new TemporalUnready("Temporal ended with " + started.exitValue() + " at its start: see " + log);
            }
            if (Instant.now().isAfter(limit)) {
                throw new TemporalUnready("Temporal does not listen on port " + port + " after "
                        + START_LIMIT.toSeconds() + " s: see " + log);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static boolean listens(int port) {
        try (Socket probe = new Socket()) {
            probe.connect(Ports.loopback(port), 200);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public synchronized void stop() {
        if (process != null) {
            Orphans.stop(process.toHandle(), "TERM");
            process = null;
        }
    }

    @Override
    public String target() {
        return "127.0.0.1:" + port;
    }

    @Override
    public Optional<String> uiUrl() {
        return uiPort.isPresent() ? Optional.of("http://127.0.0.1:" + uiPort.getAsInt()) : Optional.empty();
    }

    @Override
    public String description() {
        return "Temporal " + cli.serverVersion();
    }

    @Override
    public synchronized void close() {
        processEnd.takeBack();
        stop();
        folder.close();
    }
}
