package io.reprise.activities.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is promised while the broker is away, and after it was killed under load. */
@Tag("slow")
class ProducerOutageTest {

    private static final String TOPIC = "produced";
    private static final int PARTITIONS = 3;
    private static final int WRITERS = 3;
    private static final int KEYS_OF_A_WRITER = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    // A broker that starts again forgets producers whose newest record is older than a day, by the record's own time.
    private final Clock clock = Clock.systemUTC();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @TempDir
    Path folder;

    private BrokerProcess broker;

    /** The number is that of its key's record. */
    private record Numbered(String key, int number) {}

    @BeforeEach
    void startBroker() throws Exception {
        broker = BrokerProcess.start(folder.resolve("kafka"));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                        .all()
                        .get();
                return true;
            });
        }
    }

    @AfterEach
    void endBroker() throws Exception {
        broker.close();
    }

    @Test
    void whatIsAcknowledgedIsThereOnceAndInOrderAlthoughTheBrokerIsKilledUnderLoad() throws Exception {
        Queue<Numbered> acknowledged = new ConcurrentLinkedQueue<>();
        Queue<Delivery> failed = new ConcurrentLinkedQueue<>();
        AtomicBoolean isEnough = new AtomicBoolean();

        try (RecordProducer<Numbered> producer = producer(settings().withBuffer(1_000_000, 2_000))) {
            List<Thread> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                int first = writer * KEYS_OF_A_WRITER;
                writers.add(Thread.ofVirtual().start(() -> {
                    for (int number = 0; !isEnough.get(); number++) {
                        for (int key = first; key < first + KEYS_OF_A_WRITER; key++) {
                            Numbered one = new Numbered("k" + key, number);
                            var _ = producer.send(one).thenAccept(delivery -> {
                                boolean isThere = delivery instanceof Delivery.Acknowledged
                                        ? acknowledged.add(one)
                                        : failed.add(delivery);
                                assertThat(isThere).isTrue();
                            });
                        }
                    }
                }));
            }
            for (int kill = 1; kill <= 3; kill++) {
                int sofar = acknowledged.size();
                await().atMost(PATIENCE).until(() -> acknowledged.size() > sofar + 3_000);
                broker.kill();
                broker.startAgain();
            }
            int sofar = acknowledged.size();
            await().atMost(PATIENCE).until(() -> acknowledged.size() > sofar + 5_000);
            isEnough.set(true);
            for (Thread writer : writers) {
                writer.join();
            }
            assertThat(producer.flush(PATIENCE)).isZero();
        }

        assertThat(failed).isEmpty();
        List<Numbered> there = read();
        Set<Numbered> distinct = new HashSet<>(there);
        assertThat(distinct).hasSameSizeAs(there).containsAll(acknowledged).hasSameSizeAs(acknowledged);
        Map<String, Integer> next = new TreeMap<>();
        for (Numbered one : there) {
            assertThat(one.number()).as(one.key()).isEqualTo(next.getOrDefault(one.key(), 0));
            next.merge(one.key(), 1, Integer::sum);
        }
    }

    @Test
    void whileTheBrokerIsAwayTheBufferStaysBoundedAndCallersWaitAndAreTold() throws Exception {
        Duration patience = Duration.ofMillis(500);
        try (RecordProducer<Numbered> producer =
                producer(settings().withBuffer(50_000, 100).withPatience(patience))) {
            assertThat(producer.send(new Numbered("a", 0)).get(60, TimeUnit.SECONDS))
                    .isInstanceOf(Delivery.Acknowledged.class);
            broker.kill();
            List<CompletableFuture<Delivery>> buffered = new ArrayList<>();
            for (int number = 1; number <= 100; number++) {
                buffered.add(producer.send(new Numbered("a", number)));
            }
            long before = System.nanoTime();

            Delivery told = producer.send(new Numbered("a", 101)).getNow(null);

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isBetween(patience, patience.multipliedBy(20));
            assertThat(told).isInstanceOfSatisfying(Delivery.NotSent.class, notSent -> {
                assertThat(notSent.cause()).isEqualTo(FailureCause.BUFFER_FULL);
                assertThat(notSent.words()).contains("100 records");
            });
            assertThat(gauge("reprise_producer_buffered_records")).isEqualTo(100);
            assertThat(gauge("reprise_producer_buffered_bytes")).isBetween(10_000.0, 50_000.0);
            assertThat(gauge("reprise_producer_oldest_unacknowledged_seconds")).isPositive();

            broker.startAgain();
            assertThat(producer.flush(PATIENCE)).isZero();
            assertThat(buffered)
                    .allSatisfy(delivery -> assertThat(delivery)
                            .isCompletedWithValueMatching(it -> it instanceof Delivery.Acknowledged));
        }
        assertThat(read()).hasSize(101);
    }

    @Test
    void aStopWhileTheBrokerIsAwayTellsEachRecordThatNobodyAcknowledged() throws Exception {
        RecordProducer<Numbered> producer = producer(settings());
        assertThat(producer.send(new Numbered("a", 0)).get(60, TimeUnit.SECONDS))
                .isInstanceOf(Delivery.Acknowledged.class);
        broker.kill();
        List<Numbered> sent = new ArrayList<>();
        List<CompletableFuture<Delivery>> told = new ArrayList<>();
        for (int number = 1; number <= 50; number++) {
            sent.add(new Numbered("a", number));
            told.add(producer.send(sent.getLast()));
        }
        long before = System.nanoTime();

        Stopped<Numbered> stopped = producer.stop(Duration.ofSeconds(2));

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
        assertThat(stopped.acknowledged()).isZero();
        assertThat(stopped.undelivered()).extracting(Stopped.Undelivered::value).containsExactlyElementsOf(sent);
        assertThat(stopped.undelivered())
                .extracting(Stopped.Undelivered::delivery)
                .allSatisfy(delivery -> assertThat(delivery)
                        .isInstanceOfSatisfying(Delivery.Doubtful.class, doubtful -> {
                            assertThat(doubtful.cause()).isEqualTo(FailureCause.STOPPED);
                            assertThat(doubtful.words()).startsWith("no acknowledgement within PT2S of the stop");
                        }));
        assertThat(told).allMatch(CompletableFuture::isDone);
    }

    @Test
    void aBrokerThatNeverAnswersIsToldInTime() throws Exception {
        broker.kill();
        try (RecordProducer<Numbered> producer = producer(settings().withPatience(Duration.ofSeconds(1)))) {
            assertThat(producer.send(new Numbered("a", 0)).get(60, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            Delivery.NotSent.class,
                            told -> assertThat(told.cause()).isEqualTo(FailureCause.UNREACHABLE));
        }
    }

    private ProducerSettings settings() {
        return ProducerSettings.of("test", broker.bootstrapServers()).withPatience(PATIENCE);
    }

    private RecordProducer<Numbered> producer(ProducerSettings settings) {
        return RecordProducer.open(settings, new JsonForm<>(TOPIC, Numbered::key, one -> clock.instant()), meters);
    }

    private double gauge(String name) {
        return meters.get(name).gauge().value();
    }

    private List<Numbered> read() {
        Map<String, Object> configuration =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
        List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(TOPIC, partition))
                .toList();
        List<Numbered> found = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(configuration, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(it -> consumer.position(it) < ends.getOrDefault(it, 0L))) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                    int number = Integer.parseInt(record.value().replaceAll(".*\"number\":([0-9]+).*", "$1"));
                    found.add(new Numbered(record.key(), number));
                }
            }
        }
        return found;
    }
}
