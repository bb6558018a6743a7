package io.reprise.activities.saga;

import io.reprise.activities.sql.ConnectedDialect;
import io.reprise.activities.sql.Pipeline;
import io.reprise.activities.sql.SqlFailures;
import io.reprise.catalog.sql.SqlDialect;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Prepares a database for fenced steps: its kit. Repeating it changes nothing. */
public final class KitMigrations {

    /** One of each migration that pipelines need. */
    private static final List<String> TABLES =
            List.of("fence", "outbox", "ledger_mark", "stage", "publication", "probe");

    /** Streams are loaded into PostgreSQL only. */
    private static final List<String> TABLES_OF_STREAMS = List.of("stream_checkpoint", "stream_count");

    private KitMigrations() {}

    public static void migrate(DataSource database) {
        of(ConnectedDialect.of(database), database).load().migrate();
    }

    /** Whether all of the kit is there, whoever made it. */
    public static boolean isThere(SqlDialect dialect, Connection connection) throws SQLException {
        try {
            for (String table : tables(dialect)) {
                new Pipeline()
                        .add("select 1 from " + Kit.table(dialect, table) + " where 1 = 0")
                        .runEach(connection);
            }
            return true;
        } catch (SQLException failure) {
            if (SqlFailures.isTransient(dialect, failure)) {
                throw failure;
            }
            return false;
        } finally {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        }
    }

    private static List<String> tables(SqlDialect dialect) {
        return switch (dialect) {
            case POSTGRESQL ->
                Stream.concat(TABLES.stream(), TABLES_OF_STREAMS.stream()).toList();
            case MARIADB, MYSQL, SQLITE, H2 -> TABLES;
        };
    }

    /** What {@link #migrate} would run now, in order: for whoever may not run it and has to ask somebody who may. */
    public static List<String> pending(DataSource database) {
        SqlDialect dialect = ConnectedDialect.of(database);
        List<String> texts = new ArrayList<>();
        for (MigrationInfo pending : of(dialect, database).load().info().pending()) {
            texts.add(text(folder(dialect) + "/" + pending.getScript()));
        }
        if (!texts.isEmpty() && dialect == SqlDialect.POSTGRESQL) {
            texts.addFirst("create schema if not exists reprise_kit;\nset search_path to reprise_kit;\n");
        }
        return texts;
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
