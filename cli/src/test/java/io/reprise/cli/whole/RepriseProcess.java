package io.reprise.cli.whole;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The {@code reprise} command as a process of the operating system, with an environment of its own. */
final class RepriseProcess {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(40);
    private static final int LOG_LINES = 60;

    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private Process process;

    private RepriseProcess(List<String> command, Map<String, String> environment, Path log) {
        this.command = command;
        this.environment = environment;
        this.log = log;
        this.process = launch();
    }

    /** @param folder holds the log, and no settings file */
    static RepriseProcess start(Path folder, Map<String, String> environment, String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dreprise.root=" + folder,
                "-cp",
                classPath(),
                "io.reprise.cli.Main"));
        command.addAll(List.of(words));
        Path log = folder.resolve(words[0] + ".log");
        return new RepriseProcess(command, environment, log);
    }

    /** Runs a command to its end and returns what it printed. */
    static String run(Path folder, Map<String, String> environment, String... words) {
        RepriseProcess running = start(folder, environment, words);
        if (running.await(Duration.ofMinutes(2)) != 0) {
            throw new IllegalStateException("reprise " + String.join(" ", words) + " ended with "
                    + running.process.exitValue() + ":\n" + running.lastLines());
        }
        try {
            return Files.readString(running.log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + running.log, e);
        }
    }

    /** Of one that has ended. */
    int exitCode() {
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it at whatever instruction it is. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Asks it to end, as a deployment does, and returns its exit code. */
    int stop() {
        process.destroy();
        return await(STOP_LIMIT);
    }

    void startAgain() {
        process = launch();
    }

    String lastLines() {
        try (Stream<String> lines = Files.lines(log)) {
            List<String> all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - LOG_LINES), all.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    private int await(Duration limit) {
        try {
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                kill();
                throw new IllegalStateException("it did not end within " + limit.toSeconds() + " s:\n" + lastLines());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a process ended", e);
        }
    }

    private Process launch() {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("REPRISE_"));
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command.getLast(), e);
        }
    }

    /** What the tests run with, less the tests. */
    private static String classPath() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return String.join(
                ":",
                Stream.of(all.split(":", -1))
                        .filter(entry -> !entry.endsWith("test-classes"))
                        .toList());
    }
}
