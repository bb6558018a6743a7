package io.reprise.api.connection;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reprise.catalog.connection.ConnectionDefinition;
import io.reprise.db.connection.ConnectionProbe;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A connection as the catalog has it, without its password.
 *
 * @param held how many of its places each worker has now
 * @param definition hash of it, for which a probe holds
 * @param guarantee what the newest probe of this very definition found; absent where nobody probed it
 * @param broke what did not hold then, in words
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ConnectionView(
        String name,
        String url,
        Optional<String> user,
        int pool,
        int limit,
        Map<String, Integer> held,
        String definition,
        Optional<String> guarantee,
        Optional<String> broke,
        Optional<String> server,
        Optional<Instant> probedAt) {

    public ConnectionView {
        held = Map.copyOf(held);
    }

    static ConnectionView of(
            ConnectionDefinition connection,
            String definition,
            Map<String, Integer> held,
            Optional<ConnectionProbe> probe) {
        return new ConnectionView(
                connection.name().value(),
                connection.url(),
                connection.user(),
                connection.pool(),
                connection.limit(),
                held,
                definition,
                probe.map(ConnectionProbe::guarantee),
                probe.filter(it -> !it.guarantee().equals(LedgerProbes.FENCED)).map(LedgerProbes::words),
                probe.map(ConnectionProbe::server),
                probe.map(ConnectionProbe::probedAt));
    }
}
