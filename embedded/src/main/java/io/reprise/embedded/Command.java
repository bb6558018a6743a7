package io.reprise.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command that runs to its end, its last lines kept for the message should it fail. */
record Command(List<String> words, Map<String, String> environment) {

    private static final int LINES_KEPT = 20;

    Command {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    record Ended(int exitCode, String lastLines) {

        boolean failed() {
            return exitCode != 0;
        }

        String description() {
            return "ended with exit code " + exitCode + " after these lines:\n" + lastLines;
        }
    }

    Ended run(Duration limit) {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return new Ended(127, String.valueOf(e.getMessage()));
        }
        Deque<String> last = new ArrayDeque<>();
        Thread reader = Thread.ofVirtual().start(() -> read(process, last));
        try {
            boolean inTime = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
            if (!inTime) {
                process.destroyForcibly();
            }
            reader.join(Duration.ofSeconds(5));
            return new Ended(inTime ? process.exitValue() : 124, String.join("\n", last));
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for `" + this + "`", e);
        }
    }

    private static void read(Process process, Deque<String> last) {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (last.size() == LINES_KEPT) {
                    last.removeFirst();
                }
                last.addLast(line);
            }
        } catch (IOException closed) {
            last.addLast("(its output was closed: " + closed.getMessage() + ")");
        }
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
