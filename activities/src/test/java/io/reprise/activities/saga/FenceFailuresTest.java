package io.reprise.activities.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.activities.saga.StockRoom.Taken;
import io.reprise.activities.shared.TestPostgres;
import io.reprise.activities.shared.WireProxy;
import io.reprise.activities.shared.WireProxy.Cut;
import io.reprise.activities.sql.Pipeline;
import io.reprise.activities.sql.SqlFailures;
import io.reprise.db.run.StepFact.Undid;
import io.reprise.db.run.StepFact.Went;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.saga.Refusal;
import io.reprise.workflows.saga.Undone;
import io.temporal.failure.ApplicationFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What else can go wrong at a fence: broken lines, killed sessions, changed requests, early commits, no time. */
@Timeout(60)
class FenceFailuresTest {

    private static String database;
    private StockRoom room;

    @BeforeAll
    static void createDatabase() {
        database = TestPostgres.newDatabase();
    }

    @BeforeEach
    void openRoom() {
        room = new StockRoom(database);
    }

    @AfterEach
    void closeRoom() {
        room.close();
    }

    @Timeout(30)
    @ParameterizedTest
    @EnumSource(Cut.class)
    void aLineCutAtTheCommitIsResolvedByTheFenceOnTheNextAttempt(Cut cut) {
        room.limitAttemptsTo(Duration.ofSeconds(4));
        try (WireProxy proxy = new WireProxy(TestPostgres.port());
                HikariDataSource throughProxy = poolThrough(proxy)) {
            proxy.cutNextCommit(cut);

            ApplicationFailure lost = failureOf(() -> room.takeOn(room.stepsOn(throughProxy), 3, () -> {}));

            assertThat(lost.getType()).isEqualTo(SqlFailures.TRANSIENT);
            assertThat(lost.isNonRetryable()).isFalse();
            Taken again = room.takeOn(room.stepsOn(throughProxy), 3, () -> {});
            assertThat(again).isEqualTo(new Taken(3));
            assertThat(room.leftOver()).isEqualTo(7);
            assertThat(room.fenceState()).isEqualTo("DONE");
        }
    }

    @Timeout(30)
    @ParameterizedTest
    @EnumSource(Cut.class)
    void aLineCutAtTheCommitOfAnUndoUndoesOnce(Cut cut) {
        room.take(3);
        room.limitAttemptsTo(Duration.ofSeconds(4));
        try (WireProxy proxy = new WireProxy(TestPostgres.port());
                HikariDataSource throughProxy = poolThrough(proxy)) {
            proxy.cutNextCommit(cut);

            ApplicationFailure lost = failureOf(() -> room.giveBackOn(room.stepsOn(throughProxy)));

            assertThat(lost.isNonRetryable()).isFalse();
            assertThat(room.giveBackOn(room.stepsOn(throughProxy))).isEqualTo(Undone.COMPENSATED);
            assertThat(room.leftOver()).isEqualTo(10);
        }
    }

    @Test
    void aStepCostsFourRoundTripsAndAnUndoToo() {
        try (WireProxy proxy = new WireProxy(TestPostgres.port());
                HikariDataSource throughProxy = poolThrough(proxy)) {
            FencedSteps steps = room.stepsOn(throughProxy);
            warmUp(throughProxy);
            proxy.takeRoundTrips();

            room.takeOn(steps, 3, () -> {});
            assertThat(proxy.takeRoundTrips()).isEqualTo(4);

            room.giveBackOn(steps);
            assertThat(proxy.takeRoundTrips()).isEqualTo(4);
        }
    }

    @Test
    void aSessionKilledInTheMiddleIsTriedAgain() {
        ApplicationFailure killed = failureOf(() -> room.takeOn(
                room.steps(),
                3,
                () -> room.execute(
                        "select pg_terminate_backend(pid) from pg_locks where pid <> pg_backend_pid() and relation ="
                                + " 'reprise_kit.fence'::regclass and mode = 'RowExclusiveLock'")));

        assertThat(killed.getType()).isEqualTo(SqlFailures.TRANSIENT);
        assertThat(killed.isNonRetryable()).isFalse();
        assertThat(room.fences()).isZero();
        assertThat(room.take(3)).isEqualTo(new Taken(3));
    }

    @Test
    void anotherRequestUnderTheSameKeyIsRefused() {
        room.take(3);

        ApplicationFailure changed = failureOf(() -> room.take(4));

        assertThat(changed.getType()).isEqualTo(FenceFailures.REQUEST_CHANGED);
        assertThat(changed.isNonRetryable()).isTrue();
        assertThat(room.leftOver()).isEqualTo(7);
    }

    @Test
    void aFenceCommittedAsRunningIsLeftToAPerson() {
        failureOf(() -> room.takeOn(room.steps(), 3, () -> {
            room.execute("select 1");
            throw new SQLException("undefined", "42P01");
        }));
        room.execute(
                "insert into reprise_kit.fence (step_key, workflow_id, run_id, started_on, step_id, position, state)"
                        + " values ('" + room.key + "', 'order/o-1', 'run-1', '2026-11-20', 'take', 1, 'RUNNING')");

        ApplicationFailure forward = failureOf(() -> room.take(3));
        ApplicationFailure undo = failureOf(room::giveBack);

        assertThat(forward.getType()).isEqualTo(FenceFailures.STEP_UNCERTAIN);
        assertThat(forward.isNonRetryable()).isTrue();
        assertThat(undo.getType()).isEqualTo(FenceFailures.STEP_UNCERTAIN);
        assertThat(undo.isNonRetryable()).isFalse();
        assertThat(room.leftOver()).isEqualTo(10);
        assertThat(room.fenceState()).isEqualTo("RUNNING");
    }

    @Test
    void aStepThatWorksLongerThanItsLimitIsEndedByTheDatabase() {
        room.limitAttemptsTo(Duration.ofMillis(500));

        ApplicationFailure ended =
                failureOf(() -> room.steps().forward(room.call(), new Taken(3), Taken.class, transaction -> {
                    transaction.run(new Pipeline().add(StockRoom.TAKE, 3).add("select pg_sleep(20)"));
                    return new Taken(3);
                }));

        assertThat(ended.getType()).isEqualTo(SqlFailures.TRANSIENT);
        assertThat(room.leftOver()).isEqualTo(10);
        assertThat(room.fences()).isZero();
    }

    @Test
    void anAttemptWhoseTimeIsOverDoesNotBegin() {
        room.limitAttemptsTo(Duration.ZERO);

        ApplicationFailure late = failureOf(() -> room.take(3));

        assertThat(late.getType()).isEqualTo(FenceFailures.NO_TIME_LEFT);
        assertThat(late.isNonRetryable()).isFalse();
        assertThat(room.fences()).isZero();
    }

    @Test
    void aRefusalLeavesNothingBehindButItsWords() {
        ApplicationFailure refused = failureOf(() -> room.takeOn(room.steps(), 3, () -> {
            throw Refusal.because("out-of-stock", "cannot take 3: found 0");
        }));

        assertThat(refused.getType()).isEqualTo("out-of-stock");
        assertThat(refused.isNonRetryable()).isTrue();
        assertThat(room.fences()).isZero();
        assertThat(room.leftOver()).isEqualTo(10);
        assertThat(room.ledger().rolledBack)
                .singleElement()
                .extracting(StepEntry::fact)
                .asInstanceOf(InstanceOfAssertFactories.type(Went.class))
                .returns("out-of-stock: cannot take 3: found 0", Went::error);
    }

    @Test
    void whatCommittedIsToldToTheLedgerOnceMoreWhenTheStepIsRepeated() {
        room.take(3);
        room.take(3);
        room.giveBack();

        assertThat(room.ledger().committed.stream().map(StepEntry::fact))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .asInstanceOf(InstanceOfAssertFactories.type(Went.class))
                                .returns(Forward.SUCCEEDED, Went::forward)
                                .returns(1, Went::attempt)
                                .returns(1L, Went::rows),
                        repeated -> assertThat(repeated)
                                .asInstanceOf(InstanceOfAssertFactories.type(Went.class))
                                .returns(2, Went::attempt),
                        undone -> assertThat(undone)
                                .asInstanceOf(InstanceOfAssertFactories.type(Undid.class))
                                .returns(Compensation.DONE, Undid::compensation)
                                .returns(3, Undid::attempt));
    }

    @Test
    void aDeadlockIsWorthAnotherAttempt() throws Exception {
        room.execute("create table if not exists pair (side int primary key, n int)");
        room.execute("truncate pair", "insert into pair values (1, 0), (2, 0)");
        try (StockRoom other = new StockRoom(database);
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
                            .contains("40P01"));
        }
    }

    @Test
    void badValuesAreNotWorthAnotherAttempt() {
        ApplicationFailure broken =
                failureOf(() -> room.steps().forward(room.call(), new Taken(3), Taken.class, transaction -> {
                    transaction.run(new Pipeline().add("select 1 / ?", 0));
                    return new Taken(3);
                }));

        assertThat(broken.getType()).isEqualTo(SqlFailures.LASTING);
        assertThat(broken.isNonRetryable()).isTrue();
    }

    @Test
    void anUndoThatMeetsABadValueStaysWorthAnotherAttempt() {
        room.take(3);

        ApplicationFailure broken = failureOf(() -> room.steps()
                .undo(
                        room.undoCall(),
                        Taken.class,
                        (transaction, taken) -> transaction.run(new Pipeline().add("select 1 / ?", 0))));

        assertThat(broken.isNonRetryable()).isFalse();
        assertThat(room.giveBack()).isEqualTo(Undone.COMPENSATED);
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

    private static void warmUp(HikariDataSource pool) {
        try (Connection connection = pool.getConnection()) {
            new Pipeline().add("select 1").run(connection);
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private HikariDataSource poolThrough(WireProxy proxy) {
        return TestPostgres.pool(database(proxy), 1);
    }

    private static String database(WireProxy proxy) {
        return database.replace(":" + TestPostgres.port() + "/", ":" + proxy.port() + "/") + "?sslmode=disable";
    }

    private static ApplicationFailure failureOf(Runnable step) {
        ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, step::run);
        assertThat(failure).isNotNull();
        return failure;
    }
}
