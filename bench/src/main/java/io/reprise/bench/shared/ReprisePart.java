package io.reprise.bench.shared;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A verb of the {@code reprise} command as a process of its own, started from the distribution. */
public final class ReprisePart implements AutoCloseable {

    private static final String MAIN = "io.reprise.cli.Main";
    private static final Path DISTRIBUTION = Path.of("cli", "target", "dist", "lib");
    private static final long STOP_SECONDS = 40;
    private static final long VERB_SECONDS = 120;

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private Process process;

    private ReprisePart(String name, List<String> command, Map<String, String> environment, Path log) {
        this.name = name;
        this.command = List.copyOf(command);
        this.environment = environment;
        this.log = log;
        this.process = launch();
    }

    /** Starts {@code reprise} with these words. What it says is appended to its log in the folder, also after a kill. */
    static ReprisePart start(String name, List<String> words, Map<String, String> environment, Path folder) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-Xmx384m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath(),
                MAIN));
        command.addAll(words);
        return new ReprisePart(name, command, environment, folder.resolve(name + ".log"));
    }

    private static String classPath() {
        Path lib = Path.of(System.getProperty("reprise.root", "."))
                .resolve(DISTRIBUTION)
                .toAbsolutePath()
                .normalize();
        if (!Files.isDirectory(lib)) {
            throw new IllegalStateException(
                    "cannot start reprise as a process: found no " + lib + " (expected: what ./reprise builds)");
        }
        return lib + "/*";
    }

    /** For a verb that ends by itself. */
    void awaitSuccess() throws InterruptedException {
        if (!process.waitFor(VERB_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(name + " did not end within " + VERB_SECONDS + " s: see " + log);
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(name + " ended with " + process.exitValue() + ": see " + log);
        }
    }

    public synchronized ProcessHandle handle() {
        return process.toHandle();
    }

    /** Ends the process as {@code kill -9} does and starts it again at once. */
    public synchronized void killAndStartAgain() throws InterruptedException {
        process.destroyForcibly().waitFor();
        process = launch();
    }

    /** Stops it as an operator does, and by force where that takes too long. */
    @Override
    public synchronized void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private Process launch() {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(key -> key.startsWith("REPRISE_"));
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }
}
