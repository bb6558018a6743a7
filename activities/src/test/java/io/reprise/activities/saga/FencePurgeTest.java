package io.reprise.activities.saga;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.activities.shared.TestDatabase;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FencePurgeTest {

    @ParameterizedTest
    @EnumSource
    void forgetsFencesOfTheDaysAndSoManyAtOnce(TestDatabase database) throws Exception {
        try (StockRoom room = new StockRoom(database, database.newDatabase())) {
            room.take(3);
            for (int n = 1; n <= 5; n++) {
                room.execute(fence(room, "order/old-" + n, "2026-05-31"));
            }
            room.execute(fence(room, "order/held", "2026-06-01"));
            FencePurge purge = new FencePurge(database.dialect(), room.pool::getConnection);

            int first = purge.purge(LocalDate.parse("2026-01-01"), LocalDate.parse("2026-06-01"), 3);
            int second = purge.purge(LocalDate.parse("2026-01-01"), LocalDate.parse("2026-06-01"), 3);

            assertThat(first).isEqualTo(3);
            assertThat(second).isEqualTo(2);
            assertThat(room.fences()).isEqualTo(1);
            assertThat(room.number("select count(*) from " + room.table("fence") + " where workflow_id = 'order/held'"))
                    .isEqualTo(1);
        }
    }

    private static String fence(StockRoom room, String workflowId, String day) {
        return "insert into " + room.table("fence") + " (step_key, workflow_id, run_id, started_on, step_id, "
                + room.database.dialect().quote("position") + ", state) values ('" + workflowId + ":take', '"
                + workflowId + "', 'run', '" + day + "', 'take', 1, 'DONE')";
    }
}
