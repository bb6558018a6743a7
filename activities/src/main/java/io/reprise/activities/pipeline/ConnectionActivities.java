package io.reprise.activities.pipeline;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.activities.saga.FenceProbe;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.db.connection.ConnectionProbe;
import io.reprise.db.connection.ConnectionProbes;
import io.reprise.workflows.connection.ConnectionSteps;
import io.reprise.workflows.connection.PreparationOrder;
import io.reprise.workflows.connection.Prepared;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.flywaydb.core.api.FlywayException;

/** Prepares one connection, over sessions that are opened for it and closed after. */
public final class ConnectionActivities implements ConnectionSteps {

    /** Type of a failure that a person has to hear of. */
    public static final String NOT_PREPARED = "ConnectionNotPrepared";

    private final SqlDialect dialect;
    private final String definition;
    private final Supplier<HikariDataSource> sessions;
    private final ConnectionProbes probes;
    private final Clock clock;

    /**
     * @param definition hash of the connection's definition, for which a probe holds
     * @param sessions opens a pool of at least three
     */
    public ConnectionActivities(
            SqlDialect dialect,
            String definition,
            Supplier<HikariDataSource> sessions,
            ConnectionProbes probes,
            Clock clock) {
        this.dialect = dialect;
        this.definition = definition;
        this.sessions = sessions;
        this.probes = probes;
        this.clock = clock;
    }

    @Override
    public Prepared prepare(PreparationOrder order) {
        try (HikariDataSource open = sessions.get()) {
            return prepare(order, new ConnectionPreparation(order.connection(), dialect, open, clock));
        } catch (FlywayException | IllegalStateException failure) {
            throw ApplicationFailure.newNonRetryableFailureWithCause(
                    "cannot prepare connection " + order.connection() + ": " + words(failure), NOT_PREPARED, failure);
        }
    }

    private Prepared prepare(PreparationOrder order, ConnectionPreparation preparation) {
        List<String> ddl = preparation.ddl();
        String server = preparation.server();
        return switch (order.how()) {
            case DDL -> new Prepared(order.connection(), server, ddl, null, List.of());
            case KIT -> {
                preparation.prepare();
                yield new Prepared(order.connection(), server, ddl, null, List.of());
            }
            case PROBE -> {
                preparation.prepare();
                yield probed(order, preparation, ddl);
            }
        };
    }

    private Prepared probed(PreparationOrder order, ConnectionPreparation preparation, List<String> ddl) {
        List<FenceProbe.Finding> findings = preparation.tries();
        ConnectionProbe probe = preparation.probe(findings, definition, order.by());
        probes.record(probe);
        return new Prepared(
                order.connection(),
                probe.server(),
                ddl,
                probe.guarantee(),
                findings.stream()
                        .map(found -> (found.held() ? "held: " : "BROKE: ") + found.tried() + ", " + found.found())
                        .toList());
    }

    /** What was tried, and what the database said to it, which stands deepest. */
    private static String words(Throwable failure) {
        String tried = String.valueOf(failure.getMessage());
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String answer = String.valueOf(cause.getMessage());
        return tried.contains(answer) ? tried : tried + ": " + answer;
    }
}
