package io.reprise.workflows.schedule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Records the histories that the replay test plays to later versions of the launcher, into the folder that is its only
 * argument. A history that stands there is never recorded again.
 */
final class ScheduleHistories {

    private ScheduleHistories() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        record(folder.resolve("launched.json"), 0, Optional.of(Instant.parse("2026-11-20T00:00:00Z")));
        record(folder.resolve("launched-by-hand.json"), 2, Optional.empty());
        System.exit(0);
    }

    private static void record(Path file, int failures, Optional<Instant> scheduled) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        try (ScriptedLaunch launch = new ScriptedLaunch(failures)) {
            launch.launch(scheduled);
            Files.createDirectories(file.getParent());
            Files.writeString(file, launch.history().toJson(true) + "\n");
        }
    }
}
