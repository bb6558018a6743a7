package io.reprise.cli.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.catalog.connection.ConnectionDefinition;
import io.reprise.catalog.pipeline.ProbedConnections;
import io.reprise.cli.shared.ApiClient;
import io.reprise.db.pipeline.NewDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the api tells of probes: those of the connections that are applied. */
final class ToldProbes implements ProbedConnections {

    private final List<JsonNode> connections;

    private ToldProbes(List<JsonNode> connections) {
        this.connections = List.copyOf(connections);
    }

    static ToldProbes by(ApiClient api) {
        return of(api.get("/connections"));
    }

    static ToldProbes of(JsonNode listing) {
        List<JsonNode> connections = new ArrayList<>();
        listing.path("items").forEach(connections::add);
        return new ToldProbes(connections);
    }

    /** A connection that the catalog changes is another one, of which no probe says anything. */
    @Override
    public Optional<Probed> of(ConnectionDefinition connection) {
        String name = connection.name().value();
        String hash = new NewDefinition("connection", name, connection.json()).hash();
        return connections.stream()
                .filter(told -> told.path("name").asText().equals(name)
                        && told.path("definition").asText().equals(hash))
                .filter(told -> told.has("guarantee"))
                .findFirst()
                .map(told -> new Probed(!told.has("broke"), told.path("broke").asText()));
    }
}
