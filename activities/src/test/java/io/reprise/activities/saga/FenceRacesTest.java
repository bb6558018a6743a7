package io.reprise.activities.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reprise.activities.saga.StockRoom.Taken;
import io.reprise.activities.shared.TestDatabase;
import io.reprise.activities.sql.SqlFailures;
import io.reprise.workflows.saga.Undone;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The six races between a step, its repeats and its undo, on each database. The stock ends at ten in each of them. */
@Tag("slow")
@Timeout(60)
@ParameterizedClass
@EnumSource(TestDatabase.class)
class FenceRacesTest {

    private static final Map<TestDatabase, String> URLS = new EnumMap<>(TestDatabase.class);
    private static ExecutorService threads;
    private final TestDatabase database;
    private StockRoom room;

    FenceRacesTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeAll
    static void startThreads() {
        threads = Executors.newCachedThreadPool();
    }

    @AfterAll
    static void endThreads() {
        threads.shutdownNow();
    }

    @BeforeEach
    void openRoom() {
        room = new StockRoom(database, URLS.computeIfAbsent(database, TestDatabase::newDatabase));
    }

    @AfterEach
    void closeRoom() {
        assertThat(room.leftOver()).isEqualTo(10);
        room.close();
    }

    @Test
    void aRepeatedStepReturnsWhatTheFirstOneStored() {
        Taken first = room.take(3);

        Taken second = room.take(3);

        assertThat(second).isEqualTo(first);
        assertThat(room.leftOver()).isEqualTo(7);
        assertThat(room.number(
                        "select count(*) from " + room.table("outbox") + " where event_id like '" + room.key + "#%'"))
                .isEqualTo(1);
        assertThat(room.giveBack()).isEqualTo(Undone.COMPENSATED);
    }

    @Test
    void aRepeatedUndoUndoesOnce() {
        room.take(3);

        assertThat(room.giveBack()).isEqualTo(Undone.COMPENSATED);
        assertThat(room.giveBack()).isEqualTo(Undone.COMPENSATED);
        assertThat(room.fenceState()).isEqualTo("COMPENSATED");
    }

    @Test
    void anUndoThatComesFirstKeepsTheStepFromEverRunning() {
        assertThat(room.giveBack()).isEqualTo(Undone.FENCED);

        assertThatExceptionOfType(ApplicationFailure.class)
                .isThrownBy(() -> room.take(3))
                .matches(ApplicationFailure::isNonRetryable)
                .extracting(ApplicationFailure::getType)
                .isEqualTo(FenceFailures.STEP_FENCED);
        assertThat(room.giveBack()).isEqualTo(Undone.FENCED);
    }

    @Test
    void anUndoWaitsForAStepInFlightAndThenUndoesIt() throws Exception {
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch mayCommit = new CountDownLatch(1);
        Future<Taken> step = threads.submit(() -> room.takeOn(room.steps(), 3, transaction -> {
            taken.countDown();
            await(mayCommit);
        }));
        await(taken);

        Future<Undone> undo = threads.submit(room::giveBack);
        awaitWaitingForALock();
        mayCommit.countDown();

        assertThat(step.get()).isEqualTo(new Taken(3));
        assertThat(undo.get()).isEqualTo(Undone.COMPENSATED);
    }

    @Test
    void anUndoFencesAStepInFlightThatIsRolledBack() throws Exception {
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch mayFail = new CountDownLatch(1);
        Future<Taken> step = threads.submit(() -> room.takeOn(room.steps(), 3, transaction -> {
            taken.countDown();
            await(mayFail);
            throw new IllegalStateException("the worker found a bug");
        }));
        await(taken);

        Future<Undone> undo = threads.submit(room::giveBack);
        awaitWaitingForALock();
        mayFail.countDown();

        assertThat(step).failsWithin(Duration.ofSeconds(5));
        assertThat(undo.get()).isEqualTo(Undone.FENCED);
        assertThatExceptionOfType(ApplicationFailure.class)
                .isThrownBy(() -> room.take(3))
                .extracting(ApplicationFailure::getType)
                .isEqualTo(FenceFailures.STEP_FENCED);
    }

    @Test
    void aZombieIdleInItsTransactionIsKilledByTheDatabaseAndThenFenced() throws Exception {
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch wakes = new CountDownLatch(1);
        room.limitAttemptsTo(Duration.ofSeconds(3));
        Future<Taken> zombie = threads.submit(() -> room.takeOn(room.steps(), 3, transaction -> {
            taken.countDown();
            await(wakes);
        }));
        await(taken);

        room.limitAttemptsTo(Duration.ofMillis(400));
        assertThatExceptionOfType(ApplicationFailure.class)
                .isThrownBy(room::giveBack)
                .matches(failure -> !failure.isNonRetryable())
                .extracting(ApplicationFailure::getType)
                .isEqualTo(SqlFailures.TRANSIENT);
        room.limitAttemptsTo(Duration.ofSeconds(20));
        assertThat(room.giveBack()).isEqualTo(Undone.FENCED);
        wakes.countDown();

        assertThat(zombie)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(ApplicationFailure.class);
        assertThat(room.fenceState()).isEqualTo("FENCED");
    }

    @Test
    void twoAttemptsAtOnceTakeOnce() throws Exception {
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch mayCommit = new CountDownLatch(1);
        Future<Taken> first = threads.submit(() -> room.takeOn(room.steps(), 3, transaction -> {
            taken.countDown();
            await(mayCommit);
        }));
        await(taken);

        Future<Taken> second = threads.submit(() -> room.take(3));
        awaitWaitingForALock();
        mayCommit.countDown();

        assertThat(first.get()).isEqualTo(second.get());
        assertThat(room.leftOver()).isEqualTo(7);
        assertThat(room.giveBack()).isEqualTo(Undone.COMPENSATED);
    }

    @Test
    void aPivotThatIsDoneCannotBeFencedAndAFencedOneCannotRun() {
        assertThat(room.steps().fence(room.undoCall())).isEqualTo(Undone.FENCED);
        assertThatExceptionOfType(ApplicationFailure.class).isThrownBy(() -> room.take(3));

        try (StockRoom other = new StockRoom(database, room.url)) {
            other.take(3);
            assertThat(other.steps().fence(other.undoCall())).isEqualTo(Undone.TOO_LATE);
            assertThat(other.fenceState()).isEqualTo("DONE");
            other.giveBack();
        }
    }

    /** MariaDB shows a new picture of its transactions only to those who have not asked for a tenth of a second. */
    private void awaitWaitingForALock() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(120))
                .until(() -> database.hasWaiter(room.pool));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
