package io.reprise.db.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.reprise.db.Ledger;
import io.reprise.db.deadletter.SourceRecord;
import io.reprise.db.run.OrderRule;
import io.reprise.db.shared.Bytes;
import io.reprise.db.shared.SettableClock;
import io.reprise.db.shared.TestLedger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TriggerLogsTest {

    @RegisterExtension
    static final TestLedger DATABASE = new TestLedger();

    private static final String TRIGGER = "orders-placed";
    private static final TopicLog FIRST = new TopicLog("topic-id", 1);
    private static final TopicLog SECOND = new TopicLog("topic-id", 2);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-19T10:00:00Z"));
    private final Ledger ledger = DATABASE.at(clock);
    private final TriggerLogs logs = ledger.triggerLogs();

    @BeforeEach
    void aTriggerAtTenInTwoPartitions() {
        DATABASE.sql()
                .execute("truncate reprise.subscription, reprise.trigger_position, reprise.trigger_stop,"
                        + " reprise.trigger_loss");
        ledger.triggers().register(TRIGGER, "shop.orders.placed", OrderRule.PER_KEY, "{}");
        for (int partition : List.of(0, 1)) {
            ledger.triggerAcceptance().accept(new TriggerBatch(source(partition), 0, 10, List.of()));
        }
    }

    @Test
    void aStopIsNewsOnceAndOnlyADecisionEndsIt() {
        boolean first = logs.stop(source(1), 10, 2, 7, "it ends at 7");
        boolean second = logs.stop(source(1), 10, 2, 8, "it ends at 8");

        Resumed undecided = ledger.triggers().resume(TRIGGER, Optional.empty());

        assertThat(List.of(first, second)).containsExactly(true, false);
        assertThat(undecided)
                .isEqualTo(
                        new Resumed.Undecided(List.of(new Stop(source(1), 10, 2, 7, "it ends at 7", clock.instant()))));
        assertThat(logs.stops(TRIGGER)).hasSize(1);
    }

    @Test
    void aLogThatIsLetCountIsReadFromItsBeginningAndTheOthersFromWhereTheyWere() {
        logs.stop(source(1), 10, 2, 7, "it ends at 7");

        Resumed resumed = ledger.triggers().resume(TRIGGER, Optional.of(ReadFrom.BEGINNING));

        assertThat(resumed)
                .asInstanceOf(type(Resumed.GoesOn.class))
                .satisfies(it -> assertThat(it.subscription().logNumber()).isEqualTo(2));
        assertThat(ledger.triggers().positions(TRIGGER, SECOND))
                .containsEntry(0, at(10))
                .containsEntry(1, at(2));
        assertThat(logs.stops(TRIGGER)).isEmpty();
    }

    @Test
    void aLogThatIsLetCountFromItsEndIsReadFromWhereItEndedWhenTheTriggerStopped() {
        logs.stop(source(0), 10, 2, 7, "it ends at 7");

        ledger.triggers().resume(TRIGGER, Optional.of(ReadFrom.END));
        logs.stop(source(1, SECOND), 10, 0, 5, "it ends at 5");
        ledger.triggers().resume(TRIGGER, Optional.of(ReadFrom.END));

        assertThat(ledger.triggers().positions(TRIGGER, new TopicLog("topic-id", 3)))
                .containsEntry(0, at(7))
                .containsEntry(1, at(5));
    }

    @Test
    void aConsumerThatHasNotHeardOfTheDecisionMovesNothing() {
        logs.stop(source(1), 10, 2, 7, "it ends at 7");
        ledger.triggers().resume(TRIGGER, Optional.of(ReadFrom.BEGINNING));

        ledger.triggerAcceptance().accept(new TriggerBatch(source(1), 10, 12, List.of()));

        assertThat(ledger.triggers().positions(TRIGGER, SECOND)).containsEntry(1, at(2));
    }

    @Test
    void aDecisionThatNobodyAskedForIsNoneAndAnUnknownTriggerIsNotFound() {
        assertThat(ledger.triggers().resume(TRIGGER, Optional.of(ReadFrom.END)))
                .isEqualTo(new Resumed.NothingToDecide());
        assertThat(ledger.triggers().resume("nobody", Optional.empty())).isEqualTo(new Resumed.NotFound("nobody"));
    }

    @Test
    void aLogThatIsNoLongerReadStopsNobody() {
        logs.stop(source(1), 10, 2, 7, "it ends at 7");

        logs.forgetStopsOutside(TRIGGER, FIRST);
        assertThat(logs.stops(TRIGGER)).hasSize(1);
        logs.forgetStopsOutside(TRIGGER, new TopicLog("created-again", 1));

        assertThat(logs.stops(TRIGGER)).isEmpty();
    }

    @Test
    void aLossMovesThePositionOnceAndIsRemembered() {
        boolean first = logs.lost(source(0), 10, 14);
        boolean second = logs.lost(source(0), 10, 14);

        assertThat(List.of(first, second)).containsExactly(true, false);
        assertThat(ledger.triggers().positions(TRIGGER, FIRST)).containsEntry(0, at(14));
        assertThat(logs.losses(TRIGGER)).containsExactly(new Loss(source(0), 10, 14, clock.instant()));
    }

    @Test
    void onlyTheNewestLossesAreShown() {
        for (int n = 0; n < 101; n++) {
            logs.lost(source(0), 10 + n, 11 + n);
            clock.pass(Duration.ofSeconds(1));
        }

        assertThat(logs.losses(TRIGGER))
                .hasSize(100)
                .extracting(Loss::from)
                .contains(110L)
                .doesNotContain(10L);
    }

    @Test
    void aLogIsNamedByItsTopicAndFromTheSecondOnByItsNumber() {
        assertThat(FIRST.id()).isEqualTo("topic-id");
        assertThat(SECOND.id()).isEqualTo("topic-id~2");
        assertThat(TopicLog.of(SECOND.id())).isEqualTo(SECOND);
        assertThat(TopicLog.of(FIRST.id())).isEqualTo(FIRST);
        assertThatThrownBy(() -> new TopicLog("topic-id", 0)).hasMessageContaining("expected: a number from 1 on");
    }

    @Test
    void aRecordIsKnownAgainByItsTimeItsKeyAndItsValue() {
        Instant now = clock.instant();

        Set<String> digests = Stream.of(
                        record(now, Optional.of("k"), Optional.of("v")),
                        record(now, Optional.of("kv"), Optional.of("")),
                        record(now, Optional.of("kv"), Optional.empty()),
                        record(now, Optional.empty(), Optional.of("kv")),
                        record(now.plusMillis(1), Optional.of("k"), Optional.of("v")))
                .map(SourceRecord::digest)
                .collect(Collectors.toSet());

        assertThat(digests)
                .hasSize(5)
                .contains(record(now, Optional.of("k"), Optional.of("v")).digest());
    }

    private static SourceRecord record(Instant timestamp, Optional<String> key, Optional<String> value) {
        return new SourceRecord(
                "shop.orders.placed",
                FIRST.id(),
                0,
                0,
                timestamp,
                key.map(it -> bytes(it)),
                value.map(it -> bytes(it)),
                "[]");
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Position at(long offset) {
        return new Position(offset, Optional.empty());
    }

    private static TriggerBatch.Source source(int partition) {
        return source(partition, FIRST);
    }

    private static TriggerBatch.Source source(int partition, TopicLog log) {
        return new TriggerBatch.Source(TRIGGER, log.id(), partition);
    }
}
