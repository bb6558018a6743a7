package io.reprise.activities.saga;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Prepares a database for fenced steps: schema {@code reprise_kit}. Repeating it changes nothing. */
public final class KitMigrations {

    private KitMigrations() {}

    public static void migrate(DataSource database) {
        Flyway.configure()
                .dataSource(database)
                .schemas("reprise_kit")
                .defaultSchema("reprise_kit")
                .locations("classpath:reprise/kit/postgresql")
                .load()
                .migrate();
    }
}
