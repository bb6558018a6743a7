package io.reprise.worker.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.catalog.trigger.StormRule;
import io.reprise.db.deadletter.Cause;
import io.reprise.db.deadletter.SourceRecord;
import io.reprise.db.trigger.TriggerRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StormTest {

    private static final StormRule RULE = new StormRule(50, 10);

    private final Storm storm = new Storm();

    @Test
    void manyThatFailAlikeAreAStorm() {
        assertThat(storm.with(records(9, "a", 0), RULE)).isEmpty();

        assertThat(storm.with(records(3, "a", 0), RULE).orElseThrow())
                .contains("12 of 12 records", "alike, as a", "50 %");
    }

    @Test
    void manyThatFailInManyWaysOrAmongManyThatDoNotAreNone() {
        assertThat(storm.with(records(10, "a", 10), RULE)).isEmpty();
        assertThat(storm.with(records(10, "b", 0), RULE)).isEmpty();
        assertThat(storm.with(records(10, "c", 0), RULE)).isEmpty();
    }

    @Test
    void whoResumesTakesThemForLetters() {
        assertThat(storm.with(records(20, "a", 0), RULE)).isPresent();

        storm.resumed();

        assertThat(storm.with(records(20, "a", 0), RULE)).isEmpty();
        assertThat(storm.with(records(20, "a", 0), RULE)).isEmpty();
    }

    @Test
    void aPauseThatNoStormMadeDecidesNothing() {
        storm.resumed();

        assertThat(storm.with(records(20, "a", 0), RULE)).isPresent();
    }

    private static List<TriggerRecord> records(int poison, String fingerprint, int good) {
        SourceRecord record =
                new SourceRecord("t", "id", 0, 0, Instant.EPOCH, Optional.empty(), Optional.empty(), "[]");
        List<TriggerRecord> records = new ArrayList<>();
        for (int n = 0; n < poison; n++) {
            records.add(new TriggerRecord.Poison(record, new Cause("invalid", "no", "[]", fingerprint)));
        }
        for (int n = 0; n < good; n++) {
            records.add(new TriggerRecord.Filtered(record));
        }
        return records;
    }
}
