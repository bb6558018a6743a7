package io.reprise.embedded;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds Temporal's program: the configured one, on the PATH, in the cache; else it is downloaded or built into the cache. */
final class TemporalCliSearch {

    static final String VERSION = "1.5.1";

    private final TemporalSettings settings;
    private final List<String> tried = new ArrayList<>();

    TemporalCliSearch(TemporalSettings settings) {
        this.settings = settings;
    }

    Optional<TemporalCli> find() {
        Optional<TemporalCli> here = configured().or(this::onPath).or(this::cached);
        if (here.isPresent()) {
            return here;
        }
        if (!settings.fetching()) {
            announceWhatIsMissing();
            return here;
        }
        // Only one process at a time downloads or builds; the others find the result
        try (DataFolder mine = waitFor(settings.cache().resolve(VERSION))) {
            Optional<TemporalCli> fetched = cached().or(() -> downloaded(mine)).or(() -> built(mine));
            if (fetched.isEmpty()) {
                announceWhatIsMissing();
            }
            return fetched;
        }
    }

    private DataFolder waitFor(Path folder) {
        return DataFolder.awaiting(
                folder,
                () -> settings.progress().accept("Temporal: another process prepares the server, waiting for it"));
    }

    private Optional<TemporalCli> configured() {
        return settings.variable(TemporalSettings.CLI)
                .map(
                        path -> TemporalCli.at(Path.of(path))
                                .orElseThrow(
                                        () -> new IllegalStateException(
                                                "cannot use " + TemporalSettings.CLI + "=" + path
                                                        + ": it is not Temporal's program (expected: one that answers --version with its server)")));
    }

    private Optional<TemporalCli> onPath() {
        String path = settings.variable("PATH").orElse("");
        Optional<TemporalCli> found = Arrays.stream(path.split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(folder -> TemporalCli.at(Path.of(folder, "temporal")))
                .flatMap(Optional::stream)
                .findFirst();
        if (found.isEmpty()) {
            tried.add("no 'temporal' on the PATH");
        }
        return found;
    }

    private Optional<TemporalCli> cached() {
        return TemporalCli.at(settings.cache().resolve(VERSION).resolve("temporal"));
    }

    private Optional<TemporalCli> downloaded(DataFolder into) {
        settings.progress().accept("Temporal: downloading the server (" + VERSION + ") once");
        try {
            TemporalDownload.into(into.path());
        } catch (IllegalStateException closedNetwork) {
            tried.add("the download failed: " + rootOf(closedNetwork));
            return Optional.empty();
        }
        return cached();
    }

    private Optional<TemporalCli> built(DataFolder into) {
        try {
            TemporalGoBuild.into(into.path(), settings);
        } catch (IllegalStateException noGo) {
            tried.add(String.valueOf(noGo.getMessage()));
            return Optional.empty();
        }
        return cached();
    }

    private void announceWhatIsMissing() {
        settings.progress()
                .accept("""
                ─────────────────────────────────────────────────────────────────────────────
                Temporal runs IN MEMORY: no listing, no UI, and runs are lost when it stops.
                A real server was not found: %s.
                To have one: install Temporal's CLI, or Go, or set %s or %s.
                ─────────────────────────────────────────────────────────────────────────────""".formatted(String.join("; ", tried), TemporalSettings.CLI, TemporalSettings.ADDRESS));
    }

    private static String rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.toString();
    }
}
