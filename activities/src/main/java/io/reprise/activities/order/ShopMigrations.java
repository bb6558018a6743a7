package io.reprise.activities.order;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Prepares the sample shop's tables: schema {@code shop}. Repeating it changes nothing. */
public final class ShopMigrations {

    private ShopMigrations() {}

    public static void migrate(DataSource database) {
        Flyway.configure()
                .dataSource(database)
                .schemas("shop")
                .defaultSchema("shop")
                .locations("classpath:reprise/shop")
                .load()
                .migrate();
    }
}
