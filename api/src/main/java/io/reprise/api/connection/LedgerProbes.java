package io.reprise.api.connection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reprise.catalog.connection.ConnectionDefinition;
import io.reprise.catalog.pipeline.ProbedConnections;
import io.reprise.db.connection.ConnectionProbe;
import io.reprise.db.connection.ConnectionProbes;
import io.reprise.db.pipeline.NewDefinition;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the ledger keeps of probes. */
public final class LedgerProbes implements ProbedConnections {

    static final String FENCED = "fenced";
    private static final JsonMapper JSON = new JsonMapper();

    private final ConnectionProbes probes;

    public LedgerProbes(ConnectionProbes probes) {
        this.probes = probes;
    }

    @Override
    public Optional<Probed> of(ConnectionDefinition connection) {
        String name = connection.name().value();
        String hash = new NewDefinition("connection", name, connection.json()).hash();
        return probes.newest(name, hash)
                .map(probe -> new Probed(probe.guarantee().equals(FENCED), words(probe)));
    }

    /** What did not hold, where and when. */
    static String words(ConnectionProbe probe) {
        List<String> broke = broke(probe);
        return "its probe of " + LocalDate.ofInstant(probe.probedAt(), ZoneOffset.UTC) + " on " + probe.server()
                + " found " + probe.guarantee()
                + (broke.isEmpty() ? "" : ", for it broke: " + String.join("; ", broke));
    }

    private static List<String> broke(ConnectionProbe probe) {
        List<String> broke = new ArrayList<>();
        try {
            for (JsonNode finding : JSON.readTree(probe.findings())) {
                if (!finding.path("held").asBoolean()) {
                    broke.add(finding.path("tried").asText() + " ("
                            + finding.path("found").asText() + ")");
                }
            }
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException(
                    "cannot read what the probe of " + probe.connection() + " found (expected: what a probe wrote)",
                    unreadable);
        }
        return broke;
    }
}
