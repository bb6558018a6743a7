package io.reprise.catalog.pipeline;

import io.reprise.catalog.shared.CatalogProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A catalog that a test writes down, with a connection to each database. */
final class CatalogOnDisk {

    static final String CONNECTIONS = """
            warehouse: {url: "jdbc:postgresql://localhost/warehouse", user: etl, password-file: /run/secrets/warehouse}
            shop: {url: "jdbc:mariadb://localhost/shop", pool: 2, limit: 6, statement-timeout: 30s}
            audit: {url: "jdbc:sqlite:audit.db"}
            scratch: {url: "jdbc:h2:mem:scratch"}
            """;

    private final Path root;

    CatalogOnDisk(Path root) {
        this.root = root;
        file("connections.yaml", CONNECTIONS);
    }

    CatalogOnDisk file(String name, String text) {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    CatalogOnDisk file(String name, byte[] bytes) {
        try {
            Path file = root.resolve(name);
            Files.createDirectories(Optional.ofNullable(file.getParent()).orElse(root));
            Files.write(file, bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Definitions read() {
        return read(Optional.empty(), Map.of());
    }

    Definitions read(Optional<String> environment, Map<String, String> variables) {
        return DefinitionsReader.read(root, environment, variables);
    }

    List<String> problems() {
        return read().problems().stream().map(CatalogProblem::toString).toList();
    }

    /** The definition of a catalog without problems. */
    PipelineDefinition pipeline(String name) {
        return pipeline(name, Optional.empty());
    }

    PipelineDefinition pipeline(String name, Optional<String> environment) {
        Definitions definitions = read(environment, Map.of());
        if (!definitions.areSound()) {
            throw new AssertionError("a sound catalog has problems: " + definitions.problems());
        }
        return definitions.pipeline(name).orElseThrow();
    }
}
