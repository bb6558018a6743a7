package io.reprise.catalog.connection;

import io.reprise.catalog.sql.SqlDialect;
import io.reprise.workflows.run.Name;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A database that steps may use.
 *
 * @param pool how many sessions one worker opens at most
 * @param limit how many sessions all workers together use at most
 * @param statementTimeout how long one statement of a step may run; how long its attempt may take is the step's own
 * @param properties what is handed to the driver as it is
 */
public record ConnectionDefinition(
        Name name,
        SqlDialect dialect,
        String url,
        Optional<String> user,
        Password password,
        int pool,
        int limit,
        Optional<Duration> statementTimeout,
        Map<String, String> properties) {

    public ConnectionDefinition {
        properties = Map.copyOf(properties);
    }

    /** The one text of this definition. It holds no secret: a password that is written in the catalog stays there. */
    public String json() {
        return ConnectionText.write(this);
    }

    public static ConnectionDefinition fromJson(String text) {
        return ConnectionText.read(text);
    }

    public ConnectionDefinition pooling(int sessions) {
        return new ConnectionDefinition(
                name, dialect, url, user, password, sessions, Math.max(limit, sessions), statementTimeout, properties);
    }

    public ConnectionDefinition at(SqlDialect otherDialect, String otherUrl) {
        return new ConnectionDefinition(
                name, otherDialect, otherUrl, user, password, pool, limit, statementTimeout, properties);
    }
}
