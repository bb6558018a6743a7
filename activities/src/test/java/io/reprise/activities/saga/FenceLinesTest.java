package io.reprise.activities.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.activities.saga.StockRoom.Taken;
import io.reprise.activities.shared.TestDatabase;
import io.reprise.activities.shared.WireProxy;
import io.reprise.activities.shared.WireProxy.Cut;
import io.reprise.activities.sql.Pipeline;
import io.reprise.activities.sql.SqlFailures;
import io.reprise.workflows.saga.Undone;
import io.temporal.failure.ApplicationFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What can happen on the line between a fence and a server. */
@Timeout(60)
@ParameterizedClass
@EnumSource(
        value = TestDatabase.class,
        names = {"POSTGRESQL", "MARIADB"})
@Tag("slow")
class FenceLinesTest {

    private static final Map<TestDatabase, String> URLS = new EnumMap<>(TestDatabase.class);
    private final TestDatabase database;
    private StockRoom room;

    FenceLinesTest(TestDatabase database) {
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

    @Timeout(30)
    @ParameterizedTest
    @EnumSource(Cut.class)
    void aLineCutAtTheCommitIsResolvedByTheFenceOnTheNextAttempt(Cut cut) {
        room.limitAttemptsTo(Duration.ofSeconds(4));
        try (WireProxy proxy = new WireProxy(database);
                HikariDataSource throughProxy = poolThrough(proxy)) {
            proxy.cutNextCommit(cut);

            ApplicationFailure lost = failureOf(() -> room.takeOn(room.stepsOn(throughProxy), 3, transaction -> {}));

            assertThat(lost.getType()).isEqualTo(SqlFailures.TRANSIENT);
            assertThat(lost.isNonRetryable()).isFalse();
            Taken again = room.takeOn(room.stepsOn(throughProxy), 3, transaction -> {});
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
        try (WireProxy proxy = new WireProxy(database);
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
        try (WireProxy proxy = new WireProxy(database);
                HikariDataSource throughProxy = poolThrough(proxy)) {
            FencedSteps steps = room.stepsOn(throughProxy);
            warmUp(throughProxy);
            proxy.takeRoundTrips();

            room.takeOn(steps, 3, transaction -> {});
            assertThat(proxy.takeRoundTrips()).isEqualTo(4);

            room.giveBackOn(steps);
            assertThat(proxy.takeRoundTrips()).isEqualTo(4);
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
        return database.pool(database.through(proxy.port(), room.url), 1);
    }

    private static ApplicationFailure failureOf(Runnable step) {
        ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, step::run);
        assertThat(failure).isNotNull();
        return failure;
    }
}
