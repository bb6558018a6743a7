package io.reprise.embedded;

import io.temporal.common.SearchAttributeKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * What a Temporal is started with.
 *
 * @param uiPort empty for a server without its UI
 * @param environment where {@code REPRISE_TEMPORAL_ADDRESS}, {@code REPRISE_TEMPORAL_CLI} and {@code PATH} are read
 * @param cache the folder for downloaded and built programs
 * @param fetching whether a missing program may be downloaded or built
 * @param progress told, line by line, about work that lets the user wait and about what is missing
 */
public record TemporalSettings(
        Placement placement,
        OptionalInt uiPort,
        String namespace,
        List<SearchAttributeKey<?>> searchAttributes,
        Map<String, String> environment,
        Path cache,
        boolean fetching,
        Consumer<String> progress) {

    public static final String ADDRESS = "REPRISE_TEMPORAL_ADDRESS";
    public static final String CLI = "REPRISE_TEMPORAL_CLI";

    public TemporalSettings {
        searchAttributes = List.copyOf(searchAttributes);
        environment = Map.copyOf(environment);
    }

    public static TemporalSettings at(Placement placement, List<SearchAttributeKey<?>> searchAttributes) {
        return new TemporalSettings(
                placement,
                OptionalInt.empty(),
                "default",
                searchAttributes,
                System.getenv(),
                Path.of(System.getProperty("user.home"), ".cache", "reprise", "temporal"),
                true,
                LoggerFactory.getLogger(EmbeddedTemporal.class)::info);
    }

    public TemporalSettings withUi(int port) {
        return new TemporalSettings(
                placement, OptionalInt.of(port), namespace, searchAttributes, environment, cache, fetching, progress);
    }

    public TemporalSettings withNamespace(String name) {
        return new TemporalSettings(placement, uiPort, name, searchAttributes, environment, cache, fetching, progress);
    }

    public TemporalSettings withEnvironment(Map<String, String> variables) {
        return new TemporalSettings(
                placement, uiPort, namespace, searchAttributes, variables, cache, fetching, progress);
    }

    public TemporalSettings withCache(Path folder) {
        return new TemporalSettings(
                placement, uiPort, namespace, searchAttributes, environment, folder, fetching, progress);
    }

    public TemporalSettings withFetching(boolean allowed) {
        return new TemporalSettings(
                placement, uiPort, namespace, searchAttributes, environment, cache, allowed, progress);
    }

    public TemporalSettings withProgress(Consumer<String> listener) {
        return new TemporalSettings(
                placement, uiPort, namespace, searchAttributes, environment, cache, fetching, listener);
    }

    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
