package io.reprise.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.activities.connection.ConnectionSettings;
import io.reprise.activities.pipeline.PreparedSessions;
import io.reprise.activities.saga.FencePurge;
import io.reprise.activities.saga.KitMigrations;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.db.shared.KeptMonths;
import io.reprise.embedded.EmbeddedPostgresServer;
import io.reprise.embedded.Placement;
import io.reprise.worker.connection.Pools;
import io.reprise.worker.run.FenceRetention;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionSweepingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final KeptMonths KEPT =
            new KeptMonths(LocalDate.parse("2026-08-01"), List.of(LocalDate.parse("2026-03-01")));

    private EmbeddedPostgresServer postgres;
    private HikariDataSource pool;
    private PreparedSessions sessions;

    @BeforeEach
    void open() {
        postgres = EmbeddedPostgresServer.start(Placement.temporary());
        pool = Pools.open(
                "warehouse",
                new ConnectionSettings(
                        postgres.jdbcUrl(), EmbeddedPostgresServer.USER, EmbeddedPostgresServer.PASSWORD, 2),
                2);
        sessions = new PreparedSessions("warehouse", SqlDialect.POSTGRESQL, pool::getConnection, () -> {});
    }

    @AfterEach
    void close() {
        pool.close();
        postgres.close();
    }

    @Test
    void fencesGoLongAfterTheirRunsAndThoseOfMonthsWithOpenRunsStay() throws Exception {
        KitMigrations.migrate(pool);
        fences("2026-01-15", "2026-03-15", "2026-05-31", "2026-07-01", "2026-08-01");

        try (ConnectionSweeping _ = sweeping(() -> {}, () -> Optional.of(KEPT))) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(days()).containsExactly("2026-03-15", "2026-07-01", "2026-08-01"));
        }
    }

    @Test
    void nothingIsForgottenWhileTheLedgerStandsBehindItsMark() throws Exception {
        KitMigrations.migrate(pool);
        fences("2026-01-15");
        sessions.getConnection().close();
        CountDownLatch swept = new CountDownLatch(1);

        try (ConnectionSweeping _ = sweeping(swept::countDown, Optional::empty)) {
            assertThat(swept.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }

        assertThat(days()).containsExactly("2026-01-15");
    }

    @Test
    void aDatabaseThatNobodyUsesYetGetsNoKit() throws Exception {
        CountDownLatch asked = new CountDownLatch(3);

        try (ConnectionSweeping _ = sweeping(() -> {}, () -> {
            asked.countDown();
            return Optional.of(KEPT);
        })) {
            assertThat(asked.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }

        assertThat(texts("select schema_name from information_schema.schemata")).doesNotContain("reprise_kit");
    }

    private ConnectionSweeping sweeping(Runnable stages, ForgottenRuns forgotten) {
        return ConnectionSweeping.start(
                "warehouse",
                sessions,
                stages,
                new FenceRetention(new FencePurge(SqlDialect.POSTGRESQL, sessions::asTheyAre)),
                forgotten);
    }

    private void fences(String... days) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement insert = connection.createStatement()) {
            for (String day : days) {
                insert.execute("insert into reprise_kit.fence (step_key, workflow_id, run_id, started_on, step_id,"
                        + " position, state) values ('pipeline/p/" + day + ":take', 'pipeline/p/" + day + "', 'run', '"
                        + day + "', 'take', 1, 'DONE')");
            }
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }

    private List<String> days() throws SQLException {
        return texts("select started_on::text from reprise_kit.fence order by 1");
    }

    private List<String> texts(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement ask = connection.createStatement();
                ResultSet found = ask.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (found.next()) {
                texts.add(found.getString(1));
            }
            return texts;
        }
    }
}
