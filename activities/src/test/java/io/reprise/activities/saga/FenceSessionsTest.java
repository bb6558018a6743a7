package io.reprise.activities.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.reprise.activities.saga.StockRoom.Taken;
import io.reprise.activities.shared.TestDatabase;
import io.reprise.activities.sql.Pipeline;
import io.reprise.activities.sql.SqlFailures;
import io.temporal.failure.ApplicationFailure;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions that end or are ended by each other. SQLite has one writer, and nobody to end it. */
@Timeout(60)
@ParameterizedClass
@EnumSource(
        value = TestDatabase.class,
        names = {"POSTGRESQL", "MARIADB", "H2"})
class FenceSessionsTest {

    private static final Map<TestDatabase, String> URLS = new EnumMap<>(TestDatabase.class);
    private final TestDatabase database;
    private StockRoom room;

    FenceSessionsTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void openRoom() {
        room = new StockRoom(database, URLS.computeIfAbsent(database, TestDatabase::newDatabase));
    }

    @AfterEach
    void closeRoom() {
        room.close();
    }

    @Test
    void aSessionKilledInTheMiddleIsTriedAgain() {
        ApplicationFailure killed = failureOf(() -> room.takeOn(
                room.steps(),
                3,
                transaction -> room.execute(database.endOtherWriters(room.pool).toArray(String[]::new))));

        assertThat(killed.getType()).isEqualTo(SqlFailures.TRANSIENT);
        assertThat(killed.isNonRetryable()).isFalse();
        assertThat(room.fences()).isZero();
        assertThat(room.take(3)).isEqualTo(new Taken(3));
    }

    @Test
    void aDeadlockIsWorthAnotherAttempt() throws Exception {
        room.execute("create table if not exists pair (side int primary key, n int)");
        room.execute("delete from pair", "insert into pair values (1, 0), (2, 0)");
        try (StockRoom other = new StockRoom(database, room.url);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CyclicBarrier bothHoldOne = new CyclicBarrier(2);

            Future<Object> here = threads.submit(() -> crossing(room, 1, 2, bothHoldOne));
            Future<Object> there = threads.submit(() -> crossing(other, 2, 1, bothHoldOne));

            assertThat(Stream.of(here.get(), there.get()))
                    .filteredOn(ApplicationFailure.class::isInstance)
                    .singleElement()
                    .satisfies(loser -> assertThat(((ApplicationFailure) loser).isNonRetryable())
                            .isFalse())
                    .satisfies(loser -> assertThat(((ApplicationFailure) loser).getMessage())
                            .contains(database == TestDatabase.POSTGRESQL ? "40P01" : "40001"));
        }
    }

    private static Object crossing(StockRoom room, int first, int second, CyclicBarrier bothHoldOne) {
        String add = "update pair set n = n + 1 where side = ?";
        try {
            return room.steps().forward(room.call(), new Taken(0), Taken.class, transaction -> {
                transaction.run(new Pipeline().add(add, first));
                meet(bothHoldOne);
                transaction.run(new Pipeline().add(add, second));
                return new Taken(0);
            });
        } catch (ApplicationFailure loser) {
            return loser;
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static ApplicationFailure failureOf(Runnable step) {
        ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, step::run);
        assertThat(failure).isNotNull();
        return failure;
    }
}
