package io.reprise.catalog.pipeline;

import io.reprise.catalog.connection.ConnectionDefinition;
import java.util.Optional;

/** What probes found out about connections. */
@FunctionalInterface
public interface ProbedConnections {

    /** For whoever reads a catalog far from the ledger that knows of probes. */
    ProbedConnections NONE = connection -> Optional.empty();

    /** Nothing where nobody probed that very definition. */
    Optional<Probed> of(ConnectionDefinition connection);

    /**
     * What was found.
     *
     * @param fenced whether the fence held in everything that was tried
     * @param words what did not hold, on which server and when, for people
     */
    record Probed(boolean fenced, String words) {}
}
