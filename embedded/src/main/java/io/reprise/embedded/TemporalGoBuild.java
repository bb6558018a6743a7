package io.reprise.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;

/** Builds Temporal's program from source, where Go is installed and downloads are not allowed. */
final class TemporalGoBuild {

    private static final String MODULE = "github.com/temporalio/cli/cmd/temporal@v" + TemporalCliSearch.VERSION;
    private static final Duration REPORT_EVERY = Duration.ofSeconds(10);

    private TemporalGoBuild() {}

    static void into(Path folder, TemporalSettings settings) {
        Path staging = folder.resolve("building");
        settings.progress().accept("Temporal: building the server with Go, once; this takes minutes");
        Instant begun = Instant.now();
        try {
            run(staging, settings, begun);
            Files.move(staging.resolve("temporal"), folder.resolve("temporal"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new IllegalStateException("Go is not there or cannot build (" + e.getMessage() + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the build with Go was interrupted", e);
        }
        settings.progress()
                .accept("Temporal: built in "
                        + Duration.between(begun, Instant.now()).toSeconds() + " s");
    }

    private static void run(Path staging, TemporalSettings settings, Instant begun)
            throws IOException, InterruptedException {
        ProcessBuilder go =
                new ProcessBuilder("go", "install", "-v", "-ldflags=-s -w", MODULE).redirectErrorStream(true);
        go.environment().put("GOBIN", staging.toString());
        Process build = go.start();
        build.getOutputStream().close();
        String last = "";
        int packages = 0;
        Instant reported = begun;
        try (BufferedReader lines = build.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line;
                packages++;
                if (Duration.between(reported, Instant.now()).compareTo(REPORT_EVERY) >= 0) {
                    reported = Instant.now();
                    settings.progress()
                            .accept("Temporal: " + packages + " packages after "
                                    + Duration.between(begun, reported).toSeconds() + " s, now " + line);
                }
            }
        }
        int exit = build.waitFor();
        if (exit != 0) {
            throw new IOException("go install ended with " + exit + ": " + last);
        }
    }
}
