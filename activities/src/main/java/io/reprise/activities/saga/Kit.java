package io.reprise.activities.saga;

import io.reprise.catalog.sql.SqlDialect;

/**
 * What the kit's tables are called. Where a schema is a database of its own, or there are none, they lie beside the data under
 * a prefix: environments that share a server stay apart, and nobody needs the right to create a database.
 */
public final class Kit {

    private Kit() {}

    public static String table(SqlDialect dialect, String name) {
        return switch (dialect) {
            case POSTGRESQL, H2 -> "reprise_kit." + name;
            case MARIADB, MYSQL, SQLITE -> "reprise_kit_" + name;
        };
    }
}
