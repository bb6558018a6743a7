package io.reprise.activities.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.reprise.activities.contract.AvroRecords;
import io.reprise.activities.contract.Decoded;
import io.reprise.activities.contract.SchemaReference;
import io.reprise.activities.contract.SchemaSource;
import io.reprise.activities.contract.WireFormat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class AvroFormTest {

    private static final Instant NOON = Instant.parse("2026-11-19T12:00:00.123456Z");
    private static final SchemaReference FIRST_ID = new SchemaReference.ById(7);
    private static final SchemaReference SECOND_ID = new SchemaReference.ById(70_000);
    private static final Schema FIRST = schema("");
    private static final Schema SECOND = schema(", {\"name\":\"note\",\"type\":\"string\"}");
    private static final AvroForm.Fields FIELDS = new AvroForm.Fields(Optional.of("customer.id"), Optional.of("at"));

    @Test
    void writesEachRecordByItsOwnVersionWithKeyAndTime() throws Exception {
        AvroForm form = form(AvroForm.Naming.IN_VALUE);

        ProducerRecord<byte[], byte[]> first = form.write(record(FIRST)).forKafka();
        ProducerRecord<byte[], byte[]> second = form.write(record(SECOND)).forKafka();

        assertThat(new String(first.key(), StandardCharsets.UTF_8)).isEqualTo("c-1");
        assertThat(first.timestamp()).isEqualTo(NOON.toEpochMilli());
        assertThat(first.value()).startsWith(0, 0, 0, 0, 7);
        assertThat(text(read(first.value(), Optional.empty()))).isEqualTo(text(record(FIRST)));
        assertThat(text(read(second.value(), Optional.empty()))).isEqualTo(text(record(SECOND)));
    }

    @Test
    void namesTheSchemaInAHeaderWhereThatIsAskedFor() throws Exception {
        ProducerRecord<byte[], byte[]> written =
                form(AvroForm.Naming.IN_HEADER).write(record(FIRST)).forKafka();

        byte[] header = written.headers().lastHeader(WireFormat.VALUE_HEADER).value();
        assertThat(header).isEqualTo(WireFormat.prefix(FIRST_ID));
        assertThat(text(read(written.value(), Optional.of(header)))).isEqualTo(text(record(FIRST)));
    }

    @Test
    void refusesWhatIsNoRecordOfARegisteredVersion() {
        AvroForm form = form(AvroForm.Naming.IN_VALUE);
        GenericRecord wrong = record(FIRST);
        wrong.put("at", "noon");

        assertThatThrownBy(() -> form.write(record(schema(", {\"name\":\"other\",\"type\":\"int\",\"default\":1}"))))
                .isInstanceOf(Unwritable.class)
                .hasMessageContaining("version that is not registered");
        assertThatThrownBy(() -> form.write(wrong)).isInstanceOf(Unwritable.class);
    }

    @Test
    void asksARegistryForIdsAndTellsWhatItDoesNotHaveFromItsAbsence() throws IOException {
        HttpServer registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer(registry, "/subjects/sold%20things/versions/1", 200, "{\"id\":7,\"schema\":\"\\\"string\\\"\"}");
        answer(registry, "/subjects/sold", 200, "{\"id\":9,\"schema\":\"\\\"string\\\"\"}");
        answer(registry, "/subjects/none", 404, "{\"error_code\":40401}");
        answer(registry, "/subjects/ill", 500, "");
        registry.start();
        URI address = URI.create("http://127.0.0.1:" + registry.getAddress().getPort());
        try (SchemaLookup lookup = new SchemaLookup(address, Optional.empty(), Duration.ofSeconds(5))) {
            assertThat(lookup.version("sold things", 1))
                    .isEqualTo(new SchemaLookup.Answer.Found(FIRST_ID, Schema.create(Schema.Type.STRING)));
            assertThat(lookup.find("sold", FIRST))
                    .isEqualTo(new SchemaLookup.Answer.Found(new SchemaReference.ById(9), FIRST));
            assertThat(lookup.find("none", FIRST)).isInstanceOf(SchemaLookup.Answer.Unknown.class);
            assertThat(lookup.find("ill", FIRST)).isInstanceOf(SchemaLookup.Answer.Away.class);
            registry.stop(0);
            assertThat(lookup.find("sold", FIRST)).isInstanceOf(SchemaLookup.Answer.Away.class);
        }
    }

    private static void answer(HttpServer registry, String path, int status, String body) {
        registry.createContext(URI.create(path).getPath(), exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private static AvroForm form(AvroForm.Naming naming) {
        return new AvroForm(
                "sold",
                FIELDS,
                naming,
                List.of(
                        new SchemaLookup.Answer.Found(FIRST_ID, FIRST),
                        new SchemaLookup.Answer.Found(SECOND_ID, SECOND)));
    }

    private static Object read(byte[] value, Optional<byte[]> header) {
        SchemaSource schemas = reference -> reference.equals(FIRST_ID)
                ? new SchemaSource.Answer.Found(FIRST)
                : new SchemaSource.Answer.Found(SECOND);
        return AvroRecords.asWritten(schemas).read(value, header) instanceof Decoded.Value found
                ? found.record()
                : "nothing";
    }

    /** Avro reads texts as another type than people write them. */
    private static String text(Object record) {
        return record.toString();
    }

    private static GenericRecord record(Schema schema) {
        GenericRecordBuilder record = new GenericRecordBuilder(schema)
                .set("at", NOON.getEpochSecond() * 1_000_000 + NOON.getNano() / 1_000)
                .set(
                        "customer",
                        new GenericRecordBuilder(schema.getField("customer").schema())
                                .set("id", "c-1")
                                .build());
        if (schema.getField("note") != null) {
            record.set("note", "n");
        }
        return record.build();
    }

    private static Schema schema(String more) {
        return new Schema.Parser().parse("""
                {"type":"record","name":"Sold","fields":[
                  {"name":"at","type":{"type":"long","logicalType":"timestamp-micros"}},
                  {"name":"customer","type":{"type":"record","name":"Customer","fields":[
                    {"name":"id","type":"string"}]}}%s]}""".formatted(more));
    }
}
