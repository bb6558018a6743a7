package io.reprise.bench.stream;

import io.reprise.bench.shared.BenchResult;
import io.reprise.bench.shared.Figure;
import io.reprise.bench.shared.Goal;
import io.reprise.embedded.EmbeddedKafka;
import io.reprise.embedded.EmbeddedPostgresServer;
import io.reprise.embedded.Placement;
import io.reprise.worker.stream.StreamLoop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A topic into its raw and its typed table, against COPY BINARY of the same rows into the same tables, in turns. Broker, database
 * and loader share the machine; the rival has neither broker nor decoding beside it.
 */
public final class IngestBench {

    private static final int PARTITIONS = 4;
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final double GOAL = 0.6;

    private final long records;
    private final int rounds;
    private final long seed;
    private final Path folder;
    private final Consumer<String> progress;

    public IngestBench(long records, int rounds, long seed, Path folder, Consumer<String> progress) {
        this.records = records;
        this.rounds = rounds;
        this.seed = seed;
        this.folder = folder;
        this.progress = progress;
    }

    public BenchResult run() throws Exception {
        try (EmbeddedPostgresServer postgres = EmbeddedPostgresServer.start(Placement.temporary());
                EmbeddedKafka kafka = EmbeddedKafka.start(Placement.temporary());
                StreamArena arena = StreamArena.at(postgres.jdbcUrl(), kafka.bootstrapServers())) {
            arena.prepare();
            createTopic(kafka);
            progress.accept(
                    "seed " + seed + ": " + records + " records of " + new PageViews(seed).record(1).length + " bytes");
            new PageViews(seed).produce(kafka.bootstrapServers(), StreamArena.STREAM, 0, records);
            BareCopy bare = new BareCopy(arena.database(), folder);
            List<Double> loaded = new ArrayList<>();
            List<Double> copied = new ArrayList<>();
            double polled = 0;
            for (int round = 0; round <= rounds; round++) {
                double ingest = ingest(arena);
                bare.keep(StreamArena.RAW);
                bare.keep(StreamArena.TYPED);
                double copy = copy(arena, bare);
                polled = Math.max(polled, poll(kafka));
                progress.accept((round == 0 ? "warm-up" : "round " + round) + ": " + Math.round(ingest)
                        + " records/s loaded, " + Math.round(copy) + " rows/s copied");
                if (round > 0) {
                    loaded.add(ingest);
                    copied.add(copy);
                }
                forget(arena);
            }
            return result(median(loaded), median(copied), polled);
        }
    }

    private BenchResult result(double loaded, double copied, double polled) {
        return BenchResult.here(
                "ingest",
                List.of(
                        Figure.count("records", records),
                        Figure.of("ingest, raw and typed", loaded, "records/s"),
                        Figure.of("COPY BINARY of the same rows", copied, "records/s"),
                        Figure.of("ingest : COPY", loaded / copied, "ratio", Goal.atLeast(GOAL)),
                        Figure.of("raw poll, best", polled, "records/s")));
    }

    /** From the first batch that is loaded to the last: joining a group is not what is measured. */
    private double ingest(StreamArena arena) throws Exception {
        try (StreamLoop _ = arena.load()) {
            long first = await(arena, 1);
            long start = System.nanoTime();
            await(arena, records);
            return (records - first) / seconds(start);
        }
    }

    private static long await(StreamArena arena, long atLeast) throws Exception {
        long found = accounted(arena);
        while (found < atLeast) {
            Thread.sleep(LOOK_EVERY);
            found = accounted(arena);
        }
        return found;
    }

    private static long accounted(StreamArena arena) throws Exception {
        return arena.text("select to_regclass('" + StreamArena.RAW + "')") == null ? 0 : arena.accounted();
    }

    private double copy(StreamArena arena, BareCopy bare) throws Exception {
        arena.execute("truncate " + StreamArena.RAW + ", " + StreamArena.TYPED);
        Duration took = bare.load(StreamArena.RAW).plus(bare.load(StreamArena.TYPED));
        return records / (took.toNanos() / 1e9);
    }

    private double poll(EmbeddedKafka kafka) {
        Map<String, Object> configuration = Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "max.poll.records",
                10_000,
                "max.partition.fetch.bytes",
                4 * 1024 * 1024);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(configuration, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = new ArrayList<>();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                all.add(new TopicPartition(StreamArena.STREAM, partition));
            }
            consumer.assign(all);
            consumer.seekToBeginning(all);
            long start = System.nanoTime();
            long found = 0;
            while (found < records) {
                found += consumer.poll(Duration.ofSeconds(1)).count();
            }
            return found / seconds(start);
        }
    }

    private static void forget(StreamArena arena) throws Exception {
        arena.execute("truncate " + StreamArena.RAW + ", " + StreamArena.TYPED);
        arena.execute("delete from reprise_kit.stream_checkpoint");
        arena.execute("delete from reprise_kit.stream_count");
    }

    private static void createTopic(EmbeddedKafka kafka) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(StreamArena.STREAM, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
