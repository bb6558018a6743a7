package io.reprise.db.shared;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings a database to the schema that this code expects. Any number of processes may try at once. */
public final class LedgerMigrations {

    public static final String SCHEMA = "reprise";

    private LedgerMigrations() {}

    /** Answers how many migrations were applied. */
    public static int migrate(DataSource database) {
        int applied = Flyway.configure(LedgerMigrations.class.getClassLoader())
                .dataSource(database)
                .schemas(SCHEMA)
                .defaultSchema(SCHEMA)
                .locations("classpath:reprise/ledger")
                .connectRetries(0)
                .load()
                .migrate()
                .migrationsExecuted;
        LocalDate today = LocalDate.ofInstant(Clock.systemUTC().instant(), ZoneOffset.UTC);
        new Partitions(Sql.over(database)).ensureAround(today);
        return applied;
    }
}
