package io.reprise.db.trigger;

import static io.reprise.db.ledger.Tables.INBOX;
import static io.reprise.db.ledger.Tables.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.db.Ledger;
import io.reprise.db.deadletter.Cause;
import io.reprise.db.deadletter.DeadLetter;
import io.reprise.db.deadletter.DeadLetterFilter;
import io.reprise.db.deadletter.ListedLetter;
import io.reprise.db.deadletter.SourceRecord;
import io.reprise.db.run.Accepted;
import io.reprise.db.run.Lease;
import io.reprise.db.run.OrderRule;
import io.reprise.db.run.Orders;
import io.reprise.db.run.RunOrder;
import io.reprise.db.shared.Bytes;
import io.reprise.db.shared.PageRequest;
import io.reprise.db.shared.SettableClock;
import io.reprise.db.shared.TestLedger;
import io.reprise.workflows.run.RunInput;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TriggerAcceptanceTest {

    @RegisterExtension
    static final TestLedger DATABASE = new TestLedger();

    private static final TriggerBatch.Source SOURCE = new TriggerBatch.Source("orders-placed", "topic-id-1", 0);
    private static final Cause POISON = new Cause("malformed", "no JSON", "[]", "malformed:");

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-19T10:00:00Z"));
    private final Ledger ledger = DATABASE.at(clock);
    private final TriggerAcceptance acceptance = ledger.triggerAcceptance();

    @BeforeEach
    void emptyLedger() {
        DATABASE.sql()
                .execute("truncate reprise.run, reprise.run_key, reprise.inbox, reprise.dead_letter,"
                        + " reprise.trigger_position");
    }

    @Test
    void makesEachRecordARunOrADeadLetterAndMovesThePosition() {
        BatchAccepted accepted = acceptance.accept(batch(0, 3, start(0, "a"), poison(1), start(2, "b")));

        assertThat(accepted).asInstanceOf(type(BatchAccepted.Taken.class)).satisfies(taken -> {
            assertThat(taken.runs()).hasSize(2).allMatch(Accepted.New.class::isInstance);
            assertThat(taken.deadLetters()).isOne();
        });
        Position.Last last = new Position.Last(2, record(2).digest());
        assertThat(positions()).containsExactly(Map.entry(0, new Position(3, Optional.of(last))));
        assertThat(DATABASE.sql().fetchCount(INBOX)).isEqualTo(2);
        assertThat(letters()).singleElement().satisfies(letter -> {
            assertThat(letter.record().value()).contains(Bytes.of("bytes 1".getBytes(StandardCharsets.UTF_8)));
            assertThat(letter.cause()).isEqualTo(POISON);
            assertThat(letter.status()).isEqualTo(DeadLetter.Status.OPEN);
        });
    }

    @Test
    void keepsADeadLetterWhoseCauseQuotesWhatNoTableOrIndexCanHold() {
        long seed = 20261121L;
        String incompressible = new Random(seed)
                .ints(8_000, '!', '~')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        Cause cause = new Cause("invalid", "found '\0'", "[]", "invalid:/\0" + incompressible);

        BatchAccepted accepted =
                acceptance.accept(batch(0, 1, new TriggerRecord.Poison(poison(0).record(), cause)));

        assertThat(accepted).as("seed %s", seed).isInstanceOf(BatchAccepted.Taken.class);
        assertThat(letters()).singleElement().satisfies(letter -> {
            assertThat(letter.cause().message()).isEqualTo("found '\ufffd'");
            assertThat(letter.cause().fingerprint()).startsWith("invalid:/\ufffd");
        });
    }

    @Test
    void acceptsNothingOverADriverThatDoesNotCount() throws SQLException {
        try (HikariDataSource uncounting = new HikariDataSource()) {
            uncounting.setJdbcUrl(url() + "&reWriteBatchedInserts=true");
            uncounting.setUsername("reprise");
            uncounting.setPassword("reprise");
            Ledger other = Ledger.over(uncounting, clock);

            assertThatThrownBy(() -> other.triggerAcceptance().accept(batch(0, 2, start(0, "a"), start(1, "b"))))
                    .hasMessageContaining("reWriteBatchedInserts");
        }
        assertThat(positions()).isEmpty();
    }

    private static String url() throws SQLException {
        try (Connection connection = DATABASE.database().getConnection()) {
            String url = connection.getMetaData().getURL();
            return url.contains("?") ? url : url + "?";
        }
    }

    @Test
    void aBatchThatIsDeliveredAgainChangesNothing() {
        TriggerBatch batch = batch(0, 2, start(0, "a"), poison(1));
        acceptance.accept(batch);

        BatchAccepted again = acceptance.accept(batch);

        assertThat(again).isEqualTo(new BatchAccepted.Stale(OptionalLong.of(2)));
        assertThat(DATABASE.sql().fetchCount(RUN)).isOne();
        assertThat(letters()).hasSize(1);
    }

    @Test
    void aConsumerThatLostItsPartitionLoses() {
        acceptance.accept(batch(0, 1, start(0, "a")));
        acceptance.accept(batch(1, 3, start(1, "b"), start(2, "c")));

        BatchAccepted zombie = acceptance.accept(batch(1, 2, start(1, "b")));

        assertThat(zombie).isEqualTo(new BatchAccepted.Stale(OptionalLong.of(3)));
    }

    @Test
    void oneOfManyConsumersThatBelieveToOwnThePartitionWins() throws Exception {
        TriggerBatch batch = batch(
                0,
                40,
                IntStream.range(0, 40)
                        .mapToObj(offset -> start(offset, "raced-" + offset))
                        .toArray(TriggerRecord[]::new));

        List<BatchAccepted> answers = atOnce(8, () -> acceptance.accept(batch));

        assertThat(answers).filteredOn(BatchAccepted.Taken.class::isInstance).hasSize(1);
        assertThat(answers)
                .filteredOn(BatchAccepted.Stale.class::isInstance)
                .hasSize(7)
                .allMatch(new BatchAccepted.Stale(OptionalLong.of(40))::equals);
        assertThat(DATABASE.sql().fetchCount(RUN)).isEqualTo(40);
    }

    @Test
    void partitionsThatCarryTheSameOrdersInOppositeOrderNeverBlockEachOther() throws Exception {
        for (int round = 0; round < 5; round++) {
            List<TriggerRecord> forward = new ArrayList<>();
            for (int offset = 0; offset < 100; offset++) {
                forward.add(start(offset, "shared-" + round + "-" + offset));
            }
            List<TriggerRecord> backward = new ArrayList<>(forward.reversed());
            List<TriggerBatch> batches = List.of(
                    new TriggerBatch(new TriggerBatch.Source("orders-placed", "topic-" + round, 0), 0, 100, forward),
                    new TriggerBatch(new TriggerBatch.Source("orders-placed", "topic-" + round, 1), 0, 100, backward));

            List<BatchAccepted> answers = eachAtOnce(batches);

            assertThat(answers).allMatch(BatchAccepted.Taken.class::isInstance);
        }
        assertThat(DATABASE.sql().fetchCount(RUN)).isEqualTo(500);
    }

    @Test
    void aRecordOfAnOrderThatIsThereIsTheSameRunAndOneWithOtherContentADeadLetter() {
        ledger.acceptance().accept(Orders.order("over-http"));

        BatchAccepted accepted = acceptance.accept(batch(
                0,
                3,
                start(0, "over-http"),
                start(1, "over-http", Orders.OTHER_INPUT),
                start(2, "over-kafka"),
                start(3, "over-kafka"),
                start(4, "over-kafka", Orders.OTHER_INPUT)));

        assertThat(accepted).asInstanceOf(type(BatchAccepted.Taken.class)).satisfies(taken -> {
            assertThat(taken.runs().get(0)).isInstanceOf(Accepted.Same.class);
            assertThat(taken.runs().get(1)).isInstanceOf(Accepted.Conflict.class);
            assertThat(taken.runs().get(2)).isInstanceOf(Accepted.New.class);
            assertThat(taken.runs().get(3)).isEqualTo(taken.runs().get(2));
            assertThat(taken.runs().get(4)).isInstanceOf(Accepted.Conflict.class);
            assertThat(taken.deadLetters()).isEqualTo(2);
        });
        assertThat(letters())
                .extracting(letter -> letter.cause().code())
                .containsExactly(Cause.CONFLICT, Cause.CONFLICT);
    }

    @Test
    void keepsTheOrderOfTheRecordsForRunsOfOneKey() {
        acceptance.accept(batch(0, 3, start(0, "z"), start(1, "m"), start(2, "a")));

        assertThat(ledger.startQueue().claim(new Lease("worker-1", Duration.ofSeconds(5)), 10))
                .singleElement()
                .satisfies(run -> assertThat(run.run().workflowId().value()).isEqualTo("order/z"));
    }

    @Test
    void takesNothingWhereTheTransactionFailsHalfway() {
        DATABASE.sql().execute("alter table reprise.dead_letter add constraint broken check (code <> 'malformed')");
        try {
            assertThatThrownBy(() -> acceptance.accept(batch(0, 2, start(0, "half"), poison(1))))
                    .isInstanceOf(DataAccessException.class);
        } finally {
            DATABASE.sql().execute("alter table reprise.dead_letter drop constraint broken");
        }

        assertThat(DATABASE.sql().fetchCount(RUN)).isZero();
        assertThat(positions()).isEmpty();
        assertThat(acceptance.accept(batch(0, 2, start(0, "half"), poison(1)))).isInstanceOf(BatchAccepted.Taken.class);
    }

    @Test
    void takesNothingIntoALedgerThatWasRestoredAndGoesOnFromTheSamePositionAfterwards() {
        TriggerBatch batch = batch(0, 1, start(0, "waits"));
        long highWater = ledger.mark().raise();
        ledger.mark().compare(highWater + 1_000);

        BatchAccepted refused = acceptance.accept(batch);
        ledger.mark().accept();

        assertThat(refused).isInstanceOf(BatchAccepted.LedgerRestored.class);
        assertThat(acceptance.accept(batch)).isInstanceOf(BatchAccepted.Taken.class);
    }

    @Test
    void passesWhatIsNoRecordAndKeepsTheLastOneInMind() {
        acceptance.accept(batch(0, 1, start(0, "before-a-gap")));

        BatchAccepted passed = acceptance.accept(batch(1, 4));

        assertThat(passed).isInstanceOf(BatchAccepted.Taken.class);
        Position.Last last = new Position.Last(0, record(0).digest());
        assertThat(positions()).containsExactly(Map.entry(0, new Position(4, Optional.of(last))));
    }

    private Map<Integer, Position> positions() {
        return ledger.triggers().positions(SOURCE.trigger(), TopicLog.of(SOURCE.topicId()));
    }

    private List<DeadLetter> letters() {
        return ledger.deadLetters().page(DeadLetterFilter.ALL, PageRequest.first(50)).items().stream()
                .map(ListedLetter::letter)
                .toList();
    }

    private static TriggerBatch batch(long from, long next, TriggerRecord... records) {
        return new TriggerBatch(SOURCE, from, next, List.of(records));
    }

    private TriggerRecord start(long offset, String name) {
        return start(offset, name, Orders.INPUT);
    }

    private TriggerRecord start(long offset, String name, RunInput input) {
        return new TriggerRecord.Start(
                record(offset), Orders.order(name, input, RunOrder.by(OrderRule.PER_KEY, "orders-placed/key")));
    }

    private TriggerRecord poison(long offset) {
        return new TriggerRecord.Poison(record(offset), POISON);
    }

    private SourceRecord record(long offset) {
        return new SourceRecord(
                "shop.orders.placed",
                SOURCE.topicId(),
                0,
                offset,
                clock.instant(),
                Optional.empty(),
                Optional.of(Bytes.of(("bytes " + offset).getBytes(StandardCharsets.UTF_8))),
                "[]");
    }

    private List<BatchAccepted> eachAtOnce(List<TriggerBatch> batches) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(batches.size())) {
            List<BatchAccepted> answers = new ArrayList<>();
            List<Callable<BatchAccepted>> calls = new ArrayList<>();
            batches.forEach(batch -> calls.add(() -> acceptance.accept(batch)));
            for (Future<BatchAccepted> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        }
    }

    private static <T> List<T> atOnce(int callers, Callable<T> call) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            List<T> answers = new ArrayList<>();
            for (Future<T> answer : threads.invokeAll(Collections.nCopies(callers, call))) {
                answers.add(answer.get());
            }
            return answers;
        }
    }
}
