package io.reprise.activities.pipeline;

import io.reprise.activities.saga.FencedSteps;
import io.reprise.activities.sql.Heart;
import io.reprise.activities.sql.Sessions;
import io.reprise.activities.sql.StatementLimit;
import io.reprise.activities.sql.StatementWatch;
import io.reprise.catalog.sql.SqlDialect;

/**
 * A connection of the catalog, open for steps.
 *
 * @param pool of connections without auto-commit, whose database has the kit
 * @param steps behind the fence of that database
 * @param limit of each statement of a step
 */
public record SqlConnection(String name, SqlDialect dialect, Sessions pool, FencedSteps steps, StatementLimit limit) {

    /** One whose statements may take as long as their steps. */
    public SqlConnection(String name, SqlDialect dialect, Sessions pool, FencedSteps steps) {
        this(name, dialect, pool, steps, StatementLimit.NONE);
    }

    /** Watches over the statements of one attempt. */
    StatementWatch watch(Heart heart) {
        return StatementWatch.start(heart, limit);
    }
}
