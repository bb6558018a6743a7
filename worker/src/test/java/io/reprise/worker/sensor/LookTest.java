package io.reprise.worker.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.catalog.pipeline.AwaitedRecord;
import io.reprise.catalog.pipeline.FoundRecord;
import io.reprise.catalog.shared.RecordDecoder;
import io.reprise.catalog.shared.RecordDecoder.Decoding;
import io.reprise.catalog.shared.RecordFilter;
import io.reprise.catalog.shared.RecordPath;
import io.reprise.db.sensor.OpenSensor;
import io.reprise.db.sensor.SensorId;
import io.reprise.workflows.run.WorkflowId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LookTest {

    private static final TopicPartition FIRST = new TopicPartition("shop.days", 0);
    private static final TopicPartition SECOND = new TopicPartition("shop.days", 1);

    @Test
    void aRecordThatCannotBeHeldAgainstTheConditionsIsPassedAndTheNextOneFound() {
        Look look = look("(?:(?:(?:a|b)|c)|d)*", Optional.empty());
        look.place(FIRST, 0);

        Optional<FoundRecord> found = look.through(
                FIRST,
                List.of(
                        value(0, "\"" + "ab".repeat(5_000) + "\"", RecordDecoder::json),
                        value(1, "\"ab\"", RecordDecoder::json)),
                0,
                2);

        assertThat(found).map(FoundRecord::offset).contains(1L);
        assertThat(look.takeUnreadable()).isOne();
    }

    @Test
    void aDecoderThatFailsUnforeseenCostsOneRecordOnly() {
        Look look = look("ab", Optional.of("shop.days"));
        look.place(FIRST, 0);
        RecordDecoder broken = (value, schema) -> {
            throw new IllegalStateException("who knows");
        };

        look.through(FIRST, List.of(value(0, "1", broken)), 0, 1);

        assertThat(look.place(FIRST)).contains(1L);
        assertThat(look.takeUnreadable()).isOne();
    }

    @Test
    void whatKeepsOnePartitionStaysSaidWhileAnotherIsReadOn() {
        Look look = look("ab", Optional.of("shop.days"));
        look.place(FIRST, 0);
        look.place(SECOND, 0);

        look.through(
                FIRST,
                List.of(value(0, "1", (value, schema) -> new Decoding.Away("the registry does not answer"))),
                0,
                1);
        look.through(SECOND, List.of(), 0, 5);

        assertThat(look.news()).isEqualTo(new Look.Note(Optional.of("the registry does not answer")));
    }

    private static Look look(String form, Optional<String> contract) {
        AwaitedRecord wanted = new AwaitedRecord(
                "shop.days",
                Optional.empty(),
                List.of(new RecordFilter(RecordPath.of("$"), List.of(), Optional.empty(), Optional.of(form))),
                contract,
                Map.of());
        return new Look(new OpenSensor(
                new SensorId("7", "closed"),
                new WorkflowId("pipeline/load/once"),
                wanted.json(),
                Instant.EPOCH,
                Map.of()));
    }

    private static ReadValue value(long offset, String value, RecordDecoder decoder) {
        return new ReadValue(
                "id",
                new ConsumerRecord<>("shop.days", 0, offset, new byte[0], value.getBytes(StandardCharsets.UTF_8)),
                decoder);
    }
}
