package io.reprise.db.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.db.Ledger;
import io.reprise.db.run.Orders;
import io.reprise.db.shared.Bytes;
import io.reprise.db.shared.PageRequest;
import io.reprise.db.shared.SettableClock;
import io.reprise.db.shared.TestLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeadLettersTest {

    @RegisterExtension
    static final TestLedger DATABASE = new TestLedger();

    private static final AtomicLong OFFSETS = new AtomicLong();

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-19T10:00:00Z"));
    private final Ledger ledger = DATABASE.at(clock);
    private final DeadLetters letters = ledger.deadLetters();

    @Test
    void replaysALetterOnceHoweverManyTry() throws Exception {
        String id = letter("malformed").deadLetterId();
        Callable<Resolved> replay = () -> letters.replay(id, Orders.order("mended-once"), "ann");

        List<Resolved> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            for (Future<Resolved> answer : threads.invokeAll(Collections.nCopies(6, replay))) {
                answers.add(answer.get());
            }
        }

        assertThat(answers).filteredOn(Resolved.Replayed.class::isInstance).hasSize(1);
        assertThat(answers).filteredOn(Resolved.NotOpen.class::isInstance).hasSize(5);
        DeadLetter shown = letters.byId(id).orElseThrow();
        assertThat(shown.status()).isEqualTo(DeadLetter.Status.REPLAYED);
        assertThat(shown.resolvedBy()).contains("ann");
        assertThat(shown.runId())
                .contains(ledger.runs()
                        .byWorkflowId(Orders.order("mended-once").workflowId())
                        .orElseThrow()
                        .ref()
                        .runId());
    }

    @Test
    void leavesALetterOpenThatConflictsStill() {
        ledger.acceptance().accept(Orders.order("taken"));
        String id = letter("conflict").deadLetterId();

        Resolved resolved = letters.replay(id, Orders.order("taken", Orders.OTHER_INPUT), "ann");

        assertThat(resolved).isInstanceOf(Resolved.StillOpen.class);
        assertThat(letters.byId(id).orElseThrow().attempts()).isEqualTo(2);
        assertThat(letters.byId(id).orElseThrow().status()).isEqualTo(DeadLetter.Status.OPEN);
    }

    @Test
    void discardsWithAReasonAndNotTwice() {
        String id = letter("malformed").deadLetterId();

        assertThat(letters.discard(id, "a test of the producer", "ann")).isInstanceOf(Resolved.Discarded.class);
        assertThat(letters.discard(id, "again", "bob")).isInstanceOf(Resolved.NotOpen.class);
        assertThat(letters.replay(id, Orders.order("too-late"), "bob")).isInstanceOf(Resolved.NotOpen.class);
        assertThat(letters.discard("nothing", "again", "bob")).isInstanceOf(Resolved.NotFound.class);
        assertThat(letters.byId(id).orElseThrow().reason()).contains("a test of the producer");
    }

    @Test
    void forgetsResolvedLettersOnceTheyAreOldAndOpenOnesNever() {
        String discarded = letter("malformed").deadLetterId();
        String open = letter("malformed").deadLetterId();
        letters.discard(discarded, "a test of the producer", "ann");
        assertThat(letters.forgetResolved(clock.instant())).isZero();

        clock.pass(Duration.ofSeconds(1));
        assertThat(letters.forgetResolved(clock.instant())).isPositive();

        assertThat(letters.byId(discarded)).isEmpty();
        assertThat(letters.byId(open)).isPresent();
    }

    @Test
    void keepsWhatAStreamDiscardedAsATermOfItsBalanceWithoutItsBytes() {
        SourceRecord record = new SourceRecord(
                "events",
                "id",
                0,
                OFFSETS.incrementAndGet(),
                clock.instant(),
                Optional.empty(),
                Optional.of(Bytes.of(new byte[100])),
                "[]");
        letters.keep("stream/kept", Map.of(record, new Cause("malformed", "no", "[]", "malformed")));
        String id = letters.page(DeadLetterFilter.ALL, PageRequest.first(1))
                .items()
                .getFirst()
                .letter()
                .deadLetterId();
        letters.discard(id, "a test of the producer", "ann");
        clock.pass(Duration.ofSeconds(1));

        letters.forgetResolved(clock.instant());
        List<DeadLetter> unreplayed = new ArrayList<>();
        letters.eachUnreplayed("stream/kept", unreplayed::add);

        assertThat(unreplayed).singleElement().satisfies(letter -> {
            assertThat(letter.record().offset()).isEqualTo(record.offset());
            assertThat(letter.record().value()).isEmpty();
        });
    }

    @Test
    void listsByWhatAilsThem() {
        DeadLetter one = letter("invalid:/lines/*");
        DeadLetter two = letter("invalid:/lines/*");
        letter("invalid:/currency");

        List<ListedLetter> alike = letters.page(
                        DeadLetterFilter.ALL.fingerprint("invalid:/lines/*").status(DeadLetter.Status.OPEN),
                        PageRequest.first(10))
                .items();

        assertThat(alike).extracting(ListedLetter::letter).containsExactly(two, one);
    }

    @Test
    void listsOfALargeRecordOnlyWhatItBeginsWith() {
        byte[] large = new byte[1_000_000];
        Arrays.fill(large, (byte) 'x');
        DeadLetter written = letter("large", Optional.of(Bytes.of(large)));

        ListedLetter listed =
                letters.page(DeadLetterFilter.ALL, PageRequest.first(1)).items().getFirst();

        assertThat(listed.valueSize()).hasValue(large.length);
        assertThat(listed.keySize()).isEmpty();
        assertThat(listed.letter().record().value().orElseThrow().toArray())
                .isEqualTo(Arrays.copyOf(large, ListedLetter.SHOWN));
        assertThat(letters.byId(written.deadLetterId()).orElseThrow().record().value())
                .contains(Bytes.of(large));
    }

    private DeadLetter letter(String fingerprint) {
        return letter(fingerprint, Optional.empty());
    }

    private DeadLetter letter(String fingerprint, Optional<Bytes> value) {
        long offset = OFFSETS.incrementAndGet();
        SourceRecord record =
                new SourceRecord("shop.orders.placed", "id", 0, offset, clock.instant(), Optional.empty(), value, "[]");
        letters.write(DATABASE.sql(), "orders-placed", Map.of(record, new Cause("invalid", "no", "[]", fingerprint)));
        return letters.page(DeadLetterFilter.ALL, PageRequest.first(1))
                .items()
                .getFirst()
                .letter();
    }
}
