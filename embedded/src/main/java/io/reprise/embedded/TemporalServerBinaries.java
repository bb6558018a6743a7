package io.reprise.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The production server of Temporal and its schema tool, built with Go into the cache when they are not there: they are published
 * as images only. The schema is inside the tool.
 */
record TemporalServerBinaries(Path server, Path sqlTool) {

    private static final String MODULE = "go.temporal.io/server";
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(20);

    static TemporalServerBinaries of(TemporalRelease release, TemporalSettings settings) {
        Path folder = settings.cache().resolve("server-" + release.version());
        TemporalServerBinaries binaries = new TemporalServerBinaries(folder.resolve("server"), folder.resolve("sql"));
        if (binaries.present()) {
            return binaries;
        }
        try (DataFolder mine = DataFolder.awaiting(
                folder,
                () -> settings.progress().accept("Temporal: another process builds the server, waiting for it"))) {
            if (!binaries.present()) {
                build(mine.path(), release.version(), settings);
            }
        }
        return binaries;
    }

    private boolean present() {
        return Files.isExecutable(server) && Files.isExecutable(sqlTool);
    }

    private static void build(Path folder, String version, TemporalSettings settings) {
        settings.progress()
                .accept("Temporal: building the production server " + version
                        + " with Go, once; this takes about five minutes on two cores");
        Path building = folder.resolve("building");
        Command install = new Command(
                List.of(
                        "go",
                        "install",
                        "-ldflags=-s -w",
                        MODULE + "/cmd/server@v" + version,
                        MODULE + "/cmd/tools/sql@v" + version),
                Map.of("GOBIN", building.toString()));
        Command.Ended ended = install.run(BUILD_LIMIT);
        if (ended.failed()) {
            throw new IllegalStateException("cannot build Temporal's production server: `" + install + "` "
                    + ended.description()
                    + "\n(expected: Go 1.26.4 or newer on the PATH, or the programs `server` and `sql` of "
                    + version + " in " + folder + ")");
        }
        try {
            for (String program : List.of("sql", "server")) {
                Files.move(building.resolve(program), folder.resolve(program), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep Temporal's production server in " + folder, e);
        }
    }
}
