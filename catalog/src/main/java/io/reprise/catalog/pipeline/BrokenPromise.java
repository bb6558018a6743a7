package io.reprise.catalog.pipeline;

import io.reprise.catalog.connection.ConnectionDefinition;
import java.util.Map;
import java.util.Optional;

/**
 * A step that promises to happen once, on a connection whose probe found that it may happen more often, or in part.
 *
 * @param key the key of the step that promises it
 */
public record BrokenPromise(String key, String found, String expected) {

    /**
     * What a step promises in vain, if anything.
     *
     * @param connections by name
     */
    public static Optional<BrokenPromise> of(
            StepDefinition step, Map<String, ConnectionDefinition> connections, ProbedConnections probes) {
        return switch (step) {
            case SqlStep sql
            when sql.guarantee() == Guarantee.FENCED -> fenced("guarantee", sql.connection(), connections, probes);
            case TransactionStep transaction
            when transaction.guarantee() == Guarantee.FENCED ->
                fenced("guarantee", transaction.connection(), connections, probes);
            case PublishStep publish -> published(publish.connection(), connections, probes);
            case SqlStep _, TransactionStep _, CheckStep _, WaitStep _, CommandStep _, ChildStep _ -> Optional.empty();
        };
    }

    private static Optional<BrokenPromise> fenced(
            String key, String connection, Map<String, ConnectionDefinition> connections, ProbedConnections probes) {
        return broken(connection, connections, probes)
                .map(words -> new BrokenPromise(
                        key,
                        "a fenced step on connection '" + connection + "': " + words,
                        "guarantee: idempotent or at-least-once, or a connection on which the fence holds"));
    }

    private static Optional<BrokenPromise> published(
            String connection, Map<String, ConnectionDefinition> connections, ProbedConnections probes) {
        return broken(connection, connections, probes)
                .map(words -> new BrokenPromise(
                        "publish",
                        "a publication on connection '" + connection + "': " + words,
                        "a connection on which the fence holds"));
    }

    private static Optional<String> broken(
            String connection, Map<String, ConnectionDefinition> connections, ProbedConnections probes) {
        return Optional.ofNullable(connections.get(connection))
                .flatMap(probes::of)
                .filter(probed -> !probed.fenced())
                .map(ProbedConnections.Probed::words);
    }
}
