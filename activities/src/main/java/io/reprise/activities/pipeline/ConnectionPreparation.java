package io.reprise.activities.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reprise.activities.saga.FenceProbe;
import io.reprise.activities.saga.KitMigrations;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.db.connection.ConnectionProbe;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;

/** Makes a connection ready for steps, and finds out what may be promised of it. */
public final class ConnectionPreparation {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String name;
    private final SqlDialect dialect;
    private final DataSource pool;
    private final Clock clock;

    /** @param pool of at least two connections without auto-commit */
    public ConnectionPreparation(String name, SqlDialect dialect, DataSource pool, Clock clock) {
        this.name = name;
        this.dialect = dialect;
        this.pool = pool;
        this.clock = clock;
    }

    /** The DDL that {@link #prepare} would run now, for those who may not. */
    public List<String> ddl() {
        return isThere() ? List.of() : KitMigrations.pending(pool);
    }

    /** Makes the kit. Repeating it changes nothing, whoever made it first. */
    public void prepare() {
        if (!isThere()) {
            KitMigrations.migrate(pool);
        }
    }

    private boolean isThere() {
        try (Connection connection = pool.getConnection()) {
            return KitMigrations.isThere(dialect, connection);
        } catch (SQLException away) {
            throw new IllegalStateException("cannot ask connection " + name + " for its kit", away);
        }
    }

    /**
     * Tries the fence on the server itself. A connection is fenced where all of it held.
     *
     * @param definition hash of the definition that is probed
     * @param by who asked
     */
    public ConnectionProbe probe(String definition, String by) {
        return probe(tries(), definition, by);
    }

    ConnectionProbe probe(List<FenceProbe.Finding> findings, String definition, String by) {
        boolean held = findings.stream().allMatch(FenceProbe.Finding::held);
        return new ConnectionProbe(
                name, definition, held ? "fenced" : "at-least-once", server(), clock.instant(), by, json(findings));
    }

    List<FenceProbe.Finding> tries() {
        return new FenceProbe(dialect, pool, name + "-" + clock.instant().toEpochMilli(), clock).run();
    }

    String server() {
        try (Connection connection = pool.getConnection()) {
            DatabaseMetaData about = connection.getMetaData();
            return about.getDatabaseProductName() + " " + about.getDatabaseProductVersion();
        } catch (SQLException away) {
            throw new IllegalStateException("cannot ask connection " + name + " for its version", away);
        }
    }

    private static String json(List<FenceProbe.Finding> findings) {
        try {
            return JSON.writeValueAsString(findings);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("cannot write findings as JSON", impossible);
        }
    }
}
