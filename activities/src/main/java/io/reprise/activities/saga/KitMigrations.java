package io.reprise.activities.saga;

import io.reprise.activities.sql.ConnectedDialect;
import io.reprise.catalog.sql.SqlDialect;
import java.util.Locale;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Prepares a database for fenced steps: its kit. Repeating it changes nothing. */
public final class KitMigrations {

    private KitMigrations() {}

    public static void migrate(DataSource database) {
        of(ConnectedDialect.of(database), database).load().migrate();
    }

    static FluentConfiguration of(SqlDialect dialect, DataSource database) {
        FluentConfiguration kit = Flyway.configure()
                .dataSource(database)
                .locations("classpath:" + folder(dialect))
                .failOnMissingLocations(true);
        return switch (dialect) {
            case POSTGRESQL -> kit.schemas("reprise_kit").defaultSchema("reprise_kit");
            // The kit lies where the data lies, so there may be tables already.
            case MARIADB, MYSQL, SQLITE, H2 ->
                kit.table("reprise_kit_history").baselineOnMigrate(true).baselineVersion("0");
        };
    }

    static String folder(SqlDialect dialect) {
        return "reprise/kit/" + dialect.name().toLowerCase(Locale.ROOT);
    }
}
