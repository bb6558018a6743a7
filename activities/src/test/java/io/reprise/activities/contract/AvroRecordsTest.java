package io.reprise.activities.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.activities.contract.SchemaReference.ById;
import io.reprise.activities.contract.SchemaSource.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroRecordsTest {

    private static final Schema FIRST = schema("""
            {"type": "record", "name": "Event", "fields": [
              {"name": "id", "type": "string"},
              {"name": "tags", "type": {"type": "array", "items": "string"}}]}""");
    private static final Schema SECOND = schema("""
            {"type": "record", "name": "Event", "fields": [
              {"name": "id", "type": "string"},
              {"name": "amount", "type": "long", "default": 5}]}""");
    private static final Schema TREE = schema("""
            {"type": "record", "name": "Tree", "fields": [{"name": "below", "type": {"type": "array", "items": "Tree"}}]}""");
    private static final ById REFERENCE = new ById(1);

    private final Known known = new Known();

    /** Schemas that a test knows of, and what was asked. */
    private static final class Known implements SchemaSource {
        private final Map<SchemaReference, Answer> answers = new HashMap<>();
        private final List<SchemaReference> asked = new ArrayList<>();

        @Override
        public Answer resolve(SchemaReference reference) {
            asked.add(reference);
            return answers.getOrDefault(reference, new Answer.Unknown("nobody has " + reference));
        }
    }

    private static Schema schema(String text) {
        return new Schema.Parser().parse(text);
    }

    private static byte[] event() {
        return AvroRecords.write(
                REFERENCE,
                FIRST,
                new GenericRecordBuilder(FIRST)
                        .set("id", "e-1")
                        .set("tags", List.of("a", "b"))
                        .build());
    }

    @Test
    void readsARecordAsItsReaderWantsIt() {
        known.answers.put(REFERENCE, new Answer.Found(FIRST));
        AvroRecords records = AvroRecords.as(SECOND, known);

        Decoded decoded = records.read(event(), Optional.empty());

        assertThat(decoded).isInstanceOfSatisfying(Decoded.Value.class, value -> {
            GenericRecord record = (GenericRecord) value.record();
            assertThat(record.get("id")).hasToString("e-1");
            assertThat(record.get("amount")).isEqualTo(5L);
            assertThat(value.writer()).isEqualTo(FIRST);
        });
    }

    @Test
    void readsARecordWhoseHeaderNamesItsSchema() {
        known.answers.put(REFERENCE, new Answer.Found(FIRST));
        byte[] bare = Arrays.copyOfRange(event(), 5, event().length);

        Decoded decoded = AvroRecords.asWritten(known).read(bare, Optional.of(WireFormat.prefix(REFERENCE)));

        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Decoded.Value.class,
                        value -> assertThat(value.record()).hasToString("{\"id\": \"e-1\", \"tags\": [\"a\", \"b\"]}"));
    }

    @Test
    void asksOnceForWhatIsThereAndAgainForWhatIsNot() {
        AvroRecords records = AvroRecords.asWritten(known);

        assertThat(records.read(event(), Optional.empty()))
                .isEqualTo(new Decoded.Unknown(REFERENCE, "nobody has schema id 1"));
        known.answers.put(REFERENCE, new Answer.Away("closed"));
        assertThat(records.read(event(), Optional.empty())).isEqualTo(new Decoded.Away(REFERENCE, "closed"));
        known.answers.put(REFERENCE, new Answer.Found(FIRST));
        for (int again = 0; again < 3; again++) {
            assertThat(records.read(event(), Optional.empty())).isInstanceOf(Decoded.Value.class);
        }

        assertThat(known.asked).hasSize(3);
    }

    @Test
    void everyPrefixOfARecordIsPoisonAndTheNextOneIsRead() {
        known.answers.put(REFERENCE, new Answer.Found(FIRST));
        AvroRecords records = AvroRecords.as(SECOND, known);
        byte[] whole = event();

        for (int length = 0; length < whole.length; length++) {
            assertThat(records.read(Arrays.copyOf(whole, length), Optional.empty()))
                    .isInstanceOf(Decoded.Poison.class);
        }

        assertThat(records.read(Arrays.copyOf(whole, whole.length + 1), Optional.empty()))
                .isInstanceOf(Decoded.Poison.class);
        assertThat(records.read(whole, Optional.empty())).isInstanceOf(Decoded.Value.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "feffffff0f61", // a text of two billion characters
                "0161", // a text of a negative length
                "0261feffffff0f", // a list of two billion items
                "0261ffffffffffffffffff01", // a list of more than there are numbers
            })
    void bytesThatPromiseMoreThanThereIsArePoison(String hex) {
        known.answers.put(REFERENCE, new Answer.Found(FIRST));
        byte[] value = WireFormat.frame(REFERENCE, HexFormat.of().parseHex(hex));

        assertThat(AvroRecords.asWritten(known).read(value, Optional.empty())).isInstanceOf(Decoded.Poison.class);
    }

    @Test
    void recordsWithinRecordsWithoutAnEndArePoison() {
        known.answers.put(REFERENCE, new Answer.Found(TREE));
        byte[] deep = new byte[1_000_000];
        Arrays.fill(deep, (byte) 2);
        AvroRecords records = AvroRecords.asWritten(known);

        Decoded decoded = records.read(WireFormat.frame(REFERENCE, deep), Optional.empty());

        assertThat(decoded).isInstanceOf(Decoded.Poison.class);
        assertThat(records.read(WireFormat.frame(REFERENCE, new byte[1]), Optional.empty()))
                .isInstanceOf(Decoded.Value.class);
    }

    @Test
    void aRecordThatTheReaderCannotTakeIsPoison() {
        known.answers.put(REFERENCE, new Answer.Found(FIRST));
        Schema stranger = schema("""
                {"type": "record", "name": "Event", "fields": [{"name": "id", "type": "int"}]}""");

        assertThat(AvroRecords.as(stranger, known).read(event(), Optional.empty()))
                .isInstanceOfSatisfying(
                        Decoded.Poison.class,
                        poison -> assertThat(poison.words()).startsWith("read schema id 1, Event, and found "));
    }
}
