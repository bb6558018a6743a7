package io.reprise.activities.pipeline;

import io.reprise.activities.saga.FencedSteps;
import io.reprise.catalog.sql.SqlDialect;
import javax.sql.DataSource;

/**
 * A connection of the catalog, open for steps.
 *
 * @param pool of connections without auto-commit, whose database has the kit
 * @param steps behind the fence of that database
 */
public record SqlConnection(String name, SqlDialect dialect, DataSource pool, FencedSteps steps) {}
