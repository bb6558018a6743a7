package io.reprise.activities.saga;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.activities.shared.TestPostgres;
import org.junit.jupiter.api.Test;

class FencePurgeTest {

    @Test
    void forgetsFencesOfTheDaysAndSoManyAtOnce() throws Exception {
        try (StockRoom room = new StockRoom(TestPostgres.newDatabase())) {
            room.take(3);
            room.execute("""
                    insert into reprise_kit.fence (step_key, workflow_id, run_id, started_on, step_id, position, state)
                    select 'order/old-' || n || ':take', 'order/old-' || n, 'run', '2026-05-31', 'take', 1, 'DONE'
                    from generate_series(1, 5) as n""", """
                    insert into reprise_kit.fence (step_key, workflow_id, run_id, started_on, step_id, position, state)
                    values ('order/held:take', 'order/held', 'run', '2026-06-01', 'take', 1, 'DONE')""");
            FencePurge purge = new FencePurge(room.pool);

            int first = purge.purge(
                    StockRoom.DAY.withDayOfYear(1), StockRoom.DAY.withMonth(6).withDayOfMonth(1), 3);
            int second = purge.purge(
                    StockRoom.DAY.withDayOfYear(1), StockRoom.DAY.withMonth(6).withDayOfMonth(1), 3);

            assertThat(first).isEqualTo(3);
            assertThat(second).isEqualTo(2);
            assertThat(room.fences()).isEqualTo(1);
            assertThat(room.number("select count(*) from reprise_kit.fence where workflow_id = 'order/held'"))
                    .isEqualTo(1);
        }
    }
}
