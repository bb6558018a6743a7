package io.reprise.bench.stream;

import io.reprise.activities.contract.AvroRecords;
import io.reprise.activities.contract.SchemaReference;
import io.reprise.activities.contract.SchemaSource;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Records of 14 fields and some 340 bytes, as shops and web sites have them. The seed and the number of one decide it. */
final class PageViews {

    static final Schema SCHEMA = new Schema.Parser().parse("""
            {"type":"record","name":"PageView","namespace":"bench","fields":[
              {"name":"eventId","type":{"type":"string","logicalType":"uuid"}},
              {"name":"sessionId","type":{"type":"string","logicalType":"uuid"}},
              {"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"}},
              {"name":"receivedAt","type":{"type":"long","logicalType":"timestamp-millis"}},
              {"name":"number","type":"long"},
              {"name":"visitor","type":"long"},
              {"name":"kind","type":{"type":"enum","name":"Kind","symbols":["VIEW","CART","ORDER"]}},
              {"name":"url","type":"string"},
              {"name":"agent","type":"string"},
              {"name":"address","type":"string"},
              {"name":"quantity","type":"int"},
              {"name":"amount","type":{"type":"bytes","logicalType":"decimal","precision":12,"scale":2}},
              {"name":"coupon","type":["null","string"]},
              {"name":"payload","type":"string"}]}""");

    private static final SchemaReference REFERENCE = new SchemaReference.ById(1);
    private static final RandomGeneratorFactory<RandomGenerator> CHANCE = RandomGeneratorFactory.of("L64X128MixRandom");
    private static final Instant FIRST = Instant.parse("2026-11-19T00:00:00Z");
    private static final String[] KINDS = {"VIEW", "CART", "ORDER"};

    private final long seed;

    PageViews(long seed) {
        this.seed = seed;
    }

    static SchemaSource registry() {
        return reference -> reference.equals(REFERENCE)
                ? new SchemaSource.Answer.Found(SCHEMA)
                : new SchemaSource.Answer.Unknown("no schema has " + reference);
    }

    byte[] record(long number) {
        RandomGenerator chance = CHANCE.create(seed * 1_000_003 + number);
        GenericRecord view = new GenericData.Record(SCHEMA);
        view.put("eventId", new UUID(chance.nextLong(), chance.nextLong()).toString());
        view.put("sessionId", new UUID(chance.nextLong(), chance.nextLong()).toString());
        view.put("occurredAt", FIRST.toEpochMilli() + number * 50);
        view.put("receivedAt", FIRST.toEpochMilli() + number * 50 + chance.nextInt(3_000));
        view.put("number", number);
        view.put("visitor", chance.nextLong(50_000));
        view.put("kind", new GenericData.EnumSymbol(SCHEMA.getField("kind").schema(), KINDS[chance.nextInt(3)]));
        view.put(
                "url",
                "https://shop.example/products/" + chance.nextInt(1_000) + "?visit="
                        + Long.toHexString(chance.nextLong()) + "&from=newsletter");
        view.put("agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
        view.put("address", "10.0." + chance.nextInt(256) + "." + chance.nextInt(256));
        view.put("quantity", 1 + chance.nextInt(5));
        view.put(
                "amount",
                ByteBuffer.wrap(BigInteger.valueOf(chance.nextLong(10_000_000)).toByteArray()));
        view.put("coupon", chance.nextInt(4) == 0 ? "autumn-" + chance.nextInt(100) : null);
        view.put(
                "payload",
                "{\"sku\":\"sku-" + chance.nextInt(1_000) + "\",\"store\":" + chance.nextInt(40)
                        + ",\"campaign\":\"autumn-newsletter\",\"page\":\"product\"}");
        return AvroRecords.write(REFERENCE, SCHEMA, view);
    }

    /** All of them, acknowledged. */
    void produce(String bootstrap, String topic, long from, long count)
            throws ExecutionException, InterruptedException {
        Map<String, Object> configuration = Map.of(
                "bootstrap.servers", bootstrap, "linger.ms", 20, "batch.size", 256 * 1024, "compression.type", "lz4");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(configuration, new ByteArraySerializer(), new ByteArraySerializer())) {
            Future<RecordMetadata> last = null;
            for (long number = from; number < from + count; number++) {
                last = producer.send(new ProducerRecord<>(topic, record(number)));
            }
            producer.flush();
            if (last != null) {
                last.get();
            }
        }
    }
}
