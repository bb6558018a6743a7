package io.reprise.bench.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The catalog that is measured: a copy of it in a folder, as {@code reprise catalog apply} reads it. */
final class BenchCatalog {

    private static final List<String> FILES = List.of(
            "connections.yaml",
            "pipelines/three-inserts/pipeline.yaml",
            "pipelines/aggregate/pipeline.yaml",
            "pipelines/aggregate/capture.sql",
            "pipelines/empty-day/pipeline.yaml");

    private BenchCatalog() {}

    static void copyTo(Path folder) throws IOException {
        for (String file : FILES) {
            Path copy = folder.resolve(file);
            Files.createDirectories(copy.getParent());
            try (InputStream original = BenchCatalog.class.getResourceAsStream("/reprise/bench/pipeline/" + file)) {
                if (original == null) {
                    throw new IllegalStateException("the benchmark's catalog lacks " + file);
                }
                Files.copy(original, copy);
            }
        }
    }
}
