package io.reprise.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.activities.connection.ConnectionSettings;
import io.reprise.activities.saga.FencePurge;
import io.reprise.activities.saga.KitMigrations;
import io.reprise.db.shared.KeptMonths;
import io.reprise.embedded.EmbeddedPostgresServer;
import io.reprise.embedded.Placement;
import io.reprise.worker.connection.Pools;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FenceRetentionTest {

    @Test
    void fencesGoAMonthAfterTheirRunsAndThoseOfHeldMonthsStay() throws Exception {
        try (EmbeddedPostgresServer postgres = EmbeddedPostgresServer.start(Placement.temporary());
                HikariDataSource shop = pool(postgres)) {
            KitMigrations.migrate(shop);
            for (String day :
                    List.of("2026-01-15", "2026-03-15", "2026-05-31", "2026-06-30", "2026-07-01", "2026-08-01")) {
                fence(shop, day);
                fence(shop, day);
            }
            FenceRetention retention = new FenceRetention(new FencePurge(shop), 1);
            retention.plan(new KeptMonths(LocalDate.parse("2026-08-01"), List.of(LocalDate.parse("2026-03-01"))));

            int parts = 1;
            while (retention.goOn()) {
                parts++;
            }

            assertThat(days(shop)).containsExactly("2026-03-15", "2026-07-01", "2026-08-01");
            assertThat(parts).isGreaterThan(6);
            assertThat(retention.goOn()).isFalse();
        }
    }

    private static void fence(HikariDataSource shop, String day) throws Exception {
        try (Connection connection = shop.getConnection();
                Statement insert = connection.createStatement()) {
            insert.execute(
                    "insert into reprise_kit.fence (step_key, workflow_id, run_id, started_on, step_id, position, state)"
                            + " select 'order/o-' || count(*) || ':take', 'order/o-' || count(*), 'run', '" + day
                            + "', 'take', 1, 'DONE' from reprise_kit.fence");
        }
    }

    private static List<String> days(HikariDataSource shop) throws Exception {
        try (Connection connection = shop.getConnection();
                Statement ask = connection.createStatement();
                ResultSet found =
                        ask.executeQuery("select distinct started_on::text from reprise_kit.fence order by 1")) {
            List<String> days = new ArrayList<>();
            while (found.next()) {
                days.add(found.getString(1));
            }
            return days;
        }
    }

    private static HikariDataSource pool(EmbeddedPostgresServer postgres) {
        return Pools.open(
                "shop",
                new ConnectionSettings(
                        postgres.jdbcUrl(), EmbeddedPostgresServer.USER, EmbeddedPostgresServer.PASSWORD, 2),
                2);
    }
}
