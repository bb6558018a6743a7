package io.reprise.activities.pipeline;

import io.reprise.activities.saga.FencedSteps;
import io.reprise.activities.sql.Sessions;
import io.reprise.catalog.sql.SqlDialect;

/**
 * A connection of the catalog, open for steps.
 *
 * @param pool of connections without auto-commit, whose database has the kit
 * @param steps behind the fence of that database
 */
public record SqlConnection(String name, SqlDialect dialect, Sessions pool, FencedSteps steps) {}
