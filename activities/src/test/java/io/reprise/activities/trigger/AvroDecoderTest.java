package io.reprise.activities.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.activities.contract.AvroRecords;
import io.reprise.activities.contract.SchemaReference;
import io.reprise.activities.contract.SchemaSource;
import io.reprise.catalog.shared.Json;
import io.reprise.catalog.shared.RecordDecoder.Decoding;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;

class AvroDecoderTest {

    private static final Schema SCHEMA = new Schema.Parser().parse("""
            {"type":"record","name":"Event","fields":[
              {"name":"id","type":"string"},
              {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}},
              {"name":"fine","type":{"type":"long","logicalType":"timestamp-micros"}},
              {"name":"day","type":{"type":"int","logicalType":"date"}},
              {"name":"amount","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}},
              {"name":"raw","type":"bytes"},
              {"name":"half","type":"double"},
              {"name":"sort","type":{"type":"enum","name":"Sort","symbols":["A","B"]}},
              {"name":"note","type":["null","string"]},
              {"name":"tags","type":{"type":"map","values":"boolean"}},
              {"name":"lines","type":{"type":"array","items":"int"}}]}""");

    private static final SchemaReference KNOWN = new SchemaReference.ById(7);

    private final AvroDecoder decoder = new AvroDecoder(reference -> {
        if (reference.equals(KNOWN)) {
            return new SchemaSource.Answer.Found(SCHEMA);
        }
        return reference.equals(new SchemaReference.ById(8))
                ? new SchemaSource.Answer.Unknown("nobody has it")
                : new SchemaSource.Answer.Away("nobody answers");
    });

    @Test
    void everythingIsAsPeopleWriteIt() {
        GenericData.Record event = new GenericData.Record(SCHEMA);
        event.put("id", "e-1");
        event.put("at", 1_767_225_600_001L);
        event.put("fine", -1L);
        event.put("day", 20_454);
        event.put(
                "amount",
                ByteBuffer.wrap(new BigDecimal("-12.50").unscaledValue().toByteArray()));
        event.put("raw", ByteBuffer.wrap(new byte[] {1, 2}));
        event.put("half", 0.5);
        event.put("sort", new GenericData.EnumSymbol(SCHEMA.getField("sort").schema(), "B"));
        event.put("note", null);
        event.put("tags", Map.of("new", true));
        event.put("lines", List.of(1, 2));

        Decoding read = decoder.decode(AvroRecords.write(KNOWN, SCHEMA, event), null);

        assertThat(read).isInstanceOfSatisfying(Decoding.Read.class, found -> {
            Map<String, Json> members = ((Json.Members) found.document()).members();
            assertThat(members)
                    .containsEntry("id", new Json.Text("e-1"))
                    .containsEntry("at", new Json.Text("2026-01-01T00:00:00.001Z"))
                    .containsEntry("fine", new Json.Text("1969-12-31T23:59:59.999999Z"))
                    .containsEntry("day", new Json.Text("2026-01-01"))
                    .containsEntry("amount", new Json.Numeral("-12.50"))
                    .containsEntry("raw", new Json.Text("AQI="))
                    .containsEntry("half", new Json.Numeral("0.5"))
                    .containsEntry("sort", new Json.Text("B"))
                    .containsEntry("note", new Json.Nothing())
                    .containsEntry("lines", new Json.Items(List.of(new Json.Numeral("1"), new Json.Numeral("2"))));
        });
    }

    @Test
    void aSchemaThatNobodyHasAndARegistryThatIsAwayAreTold() {
        assertThat(decoder.decode(new byte[] {0, 0, 0, 0, 8, 1}, null)).isInstanceOf(Decoding.Unknown.class);
        assertThat(decoder.decode(new byte[] {0, 0, 0, 0, 9, 1}, null)).isInstanceOf(Decoding.Away.class);
        assertThat(decoder.decode(new byte[] {5}, null)).isInstanceOf(Decoding.Bad.class);
        assertThat(decoder.decode(new byte[] {0, 0, 0, 0, 7, 1}, null)).isInstanceOf(Decoding.Bad.class);
    }
}
