package io.reprise.activities.saga;

import io.reprise.activities.sql.ConnectedDialect;
import io.reprise.catalog.sql.SqlDialect;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
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

    /** What {@link #migrate} would run now, in order: for whoever may not run it and has to ask somebody who may. */
    public static List<String> pending(DataSource database) {
        SqlDialect dialect = ConnectedDialect.of(database);
        return Arrays.stream(of(dialect, database).load().info().pending())
                .map(migration -> text(folder(dialect) + "/" + migration.getScript()))
                .toList();
    }

    private static String text(String resource) {
        try (InputStream in = KitMigrations.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("cannot find " + resource + " (expected: a migration of the kit)");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
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
