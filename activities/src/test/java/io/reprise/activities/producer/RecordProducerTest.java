package io.reprise.activities.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reprise.activities.shared.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordProducerTest {

    private static final Instant NOON = Instant.parse("2026-11-19T12:00:00Z");
    private static final int LARGEST = 100_000;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private String topic = "";

    @BeforeEach
    void ownTopic() throws Exception {
        topic = "produced." + UUID.randomUUID();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestKafka.bootstrapServers()))) {
            NewTopic wanted =
                    new NewTopic(topic, 1, (short) 1).configs(Map.of("max.message.bytes", Integer.toString(LARGEST)));
            admin.createTopics(List.of(wanted)).all().get();
        }
    }

    @Test
    void tellsOfEachRecordWhereItIs() throws Exception {
        try (RecordProducer<Outgoing> producer = producer(settings())) {
            List<CompletableFuture<Delivery>> sent = new ArrayList<>();
            for (int number = 0; number < 500; number++) {
                sent.add(producer.send(record(number).at(NOON)));
            }

            assertThat(producer.flush(Duration.ofSeconds(30))).isZero();

            for (int number = 0; number < 500; number++) {
                assertThat(sent.get(number)).isCompletedWithValue(new Delivery.Acknowledged(topic, 0, number, NOON));
            }
            assertThat(count("reprise_producer_sent_records")).isEqualTo(500);
            assertThat(count("reprise_producer_acknowledged_records")).isEqualTo(500);
            assertThat(meters.get("reprise_producer_buffered_records").gauge().value())
                    .isZero();
        }
    }

    @Test
    void aRecordThatIsToBlameIsToldAndTheOthersGoOn() throws Exception {
        try (RecordProducer<Outgoing> producer = producer(settings().withPatience(Duration.ofSeconds(2)))) {
            Delivery before = told(producer.send(record(1)));
            Delivery tooLarge = told(producer.send(Outgoing.of(topic, null, new byte[2 * LARGEST])));
            Delivery larger = told(producer.send(Outgoing.of(topic, null, new byte[5_000_000])));
            Delivery ancient = told(producer.send(record(2).at(Instant.EPOCH.minusSeconds(1))));
            Delivery misnamed = told(producer.send(Outgoing.of("no such name", null, new byte[1])));
            Delivery nowhere = told(producer.send(Outgoing.of("not-there", null, new byte[1])));
            Delivery after = told(producer.send(record(3)));

            assertThat(before).isInstanceOf(Delivery.Acknowledged.class);
            assertThat(after).isInstanceOf(Delivery.Acknowledged.class);
            assertThat(List.of(tooLarge, larger, ancient, misnamed, nowhere))
                    .extracting(delivery -> delivery instanceof Delivery.NotSent told ? told.cause() : null)
                    .containsExactly(
                            FailureCause.TOO_LARGE,
                            FailureCause.TOO_LARGE,
                            FailureCause.UNWRITABLE,
                            FailureCause.INVALID,
                            FailureCause.NO_TOPIC);
            assertThat(meters.get("reprise_producer_failed_records")
                            .tag("cause", "too-large")
                            .counter()
                            .count())
                    .isEqualTo(2);
        }
    }

    @Test
    void aRecordThatTheBufferNeverHoldsIsRefusedAtOnce() throws Exception {
        try (RecordProducer<Outgoing> producer = producer(settings().withBuffer(1_000, 10))) {
            assertThat(told(producer.send(Outgoing.of(topic, null, new byte[1_000]))))
                    .isInstanceOfSatisfying(
                            Delivery.NotSent.class,
                            told -> assertThat(told.cause()).isEqualTo(FailureCause.TOO_LARGE));
        }
    }

    @Test
    void aClientThatIsLostIsReplacedAndTheRecordGoesThroughTheNext() throws Exception {
        Producer<byte[], byte[]> lost = new KafkaProducer<>(settings().forKafka());
        lost.close();
        Queue<Producer<byte[], byte[]>> clients =
                new ArrayDeque<>(List.of(lost, new KafkaProducer<>(settings().forKafka())));

        try (RecordProducer<Outgoing> producer =
                RecordProducer.over(clients::remove, settings(), RecordForm.asItIs(), meters)) {
            assertThat(told(producer.send(record(1)))).isInstanceOf(Delivery.Acknowledged.class);
            assertThat(clients).isEmpty();
        }
    }

    @Test
    void aFatalErrorIsToldAndGetsTheNextRecordANewClient() throws Exception {
        MockProducer<byte[], byte[]> first = mock();
        MockProducer<byte[], byte[]> second = mock();
        Queue<Producer<byte[], byte[]>> clients = new ArrayDeque<>(List.of(first, second));

        try (RecordProducer<Outgoing> producer =
                RecordProducer.over(clients::remove, settings(), RecordForm.asItIs(), meters)) {
            CompletableFuture<Delivery> passing = producer.send(record(1));
            first.errorNext(new TimeoutException("expired"));
            CompletableFuture<Delivery> fatal = producer.send(record(2));
            first.errorNext(new ClusterAuthorizationException("not you"));
            CompletableFuture<Delivery> next = producer.send(record(3));
            second.completeNext();

            assertThat(told(passing))
                    .isEqualTo(new Delivery.Doubtful(
                            FailureCause.UNREACHABLE, new TimeoutException("expired").toString()));
            assertThat(told(fatal))
                    .isEqualTo(new Delivery.Doubtful(
                            FailureCause.FORBIDDEN, new ClusterAuthorizationException("not you").toString()));
            assertThat(told(next)).isInstanceOf(Delivery.Acknowledged.class);
            assertThat(first.closed()).isTrue();
        }
    }

    @Test
    void aRecordThatTheBrokerRefusesLaterMayHaveBeenTakenBeforeUnlessItIsToBlameItself() throws Exception {
        MockProducer<byte[], byte[]> client = mock();

        try (RecordProducer<Outgoing> producer = over(List.of(client))) {
            CompletableFuture<Delivery> forbidden = producer.send(record(1));
            client.errorNext(new TopicAuthorizationException("not here"));
            CompletableFuture<Delivery> gone = producer.send(record(2));
            client.errorNext(new UnknownTopicOrPartitionException("gone"));
            CompletableFuture<Delivery> tooLarge = producer.send(record(3));
            client.errorNext(new RecordTooLargeException("too much"));

            assertThat(told(forbidden)).isEqualTo(doubtful(new TopicAuthorizationException("not here")));
            assertThat(told(gone)).isEqualTo(doubtful(new UnknownTopicOrPartitionException("gone")));
            assertThat(told(tooLarge)).isInstanceOf(Delivery.NotSent.class);
        }
    }

    @Test
    void whatALostClientHadTakenIsDoubtfulAndGoesToNoOther() throws Exception {
        LosingProducer first = LosingProducer.lost();
        MockProducer<byte[], byte[]> second = mock();

        try (RecordProducer<Outgoing> producer = over(List.of(first, second))) {
            CompletableFuture<Delivery> taken = producer.send(record(1));
            CompletableFuture<Delivery> next = producer.send(record(2));
            second.completeNext();

            assertThat(told(taken)).isEqualTo(doubtful(LosingProducer.lastWords()));
            assertThat(told(next)).isInstanceOf(Delivery.Acknowledged.class);
            assertThat(second.history()).hasSize(1);
        }
    }

    @Test
    void whatALostClientSaysLaterIsNotHeard() throws Exception {
        LosingProducer first = LosingProducer.lostInSilence();
        MockProducer<byte[], byte[]> second = mock();

        try (RecordProducer<Outgoing> producer = over(List.of(first, second))) {
            CompletableFuture<Delivery> sent = producer.send(record(1));
            first.errorNext(new RecordTooLargeException("too much"));
            assertThat(sent).isNotDone();
            second.completeNext();

            assertThat(told(sent)).isInstanceOf(Delivery.Acknowledged.class);
        }
    }

    @Test
    void whatASecondClientFailsAtMayHaveBeenSentByTheFirst() throws Exception {
        MockProducer<byte[], byte[]> second = mock();
        second.sendException = new ClusterAuthorizationException("not you");

        try (RecordProducer<Outgoing> producer = over(List.of(LosingProducer.lostInSilence(), second))) {
            assertThat(told(producer.send(record(1))))
                    .isEqualTo(doubtful(new ClusterAuthorizationException("not you")));
        }
    }

    @Test
    void whatAStopLeavesIsToldAsStopped() {
        RecordProducer<Outgoing> producer = over(List.of(LosingProducer.closedTooEarly()));
        CompletableFuture<Delivery> _ = producer.send(record(1));

        Stopped<Outgoing> stopped = producer.stop(Duration.ofSeconds(1));

        assertThat(stopped.undelivered())
                .extracting(Stopped.Undelivered::delivery)
                .containsExactly(new Delivery.Doubtful(
                        FailureCause.STOPPED,
                        "no acknowledgement within PT1S of the stop: " + LosingProducer.lastWords()));
    }

    @Test
    void whateverAFormThrowsIsToldAndNotThrown() throws Exception {
        RecordForm<String> form = word -> switch (word) {
            case "bad" -> throw new IllegalStateException("found a bad word");
            case "endless" -> Outgoing.of(topic, bytes("key"), bytes(word)).at(Instant.MAX);
            default -> Outgoing.of(topic, bytes("key"), bytes(word));
        };

        try (RecordProducer<String> producer = RecordProducer.open(settings(), form, meters)) {
            assertThat(List.of(told(producer.send("bad")), told(producer.send("endless"))))
                    .allSatisfy(delivery -> assertThat(delivery)
                            .isInstanceOfSatisfying(
                                    Delivery.NotSent.class,
                                    told -> assertThat(told.cause()).isEqualTo(FailureCause.UNWRITABLE)));
            assertThat(told(producer.send("bad")).toString()).contains("found a bad word");
            assertThat(told(producer.send("good"))).isInstanceOf(Delivery.Acknowledged.class);
        }
        assertThat(count("reprise_producer_sent_records")).isEqualTo(4);
    }

    @Test
    void whatTakesTheOrderOfKeysAwayIsRefused() {
        assertThatThrownBy(() -> settings().with("partitioner.ignore.keys", "true"))
                .hasMessageContaining("[partitioner.ignore.keys]");
        assertThatThrownBy(() -> settings().with("partitioner.class", RoundRobinPartitioner.class.getName()))
                .hasMessageContaining("[partitioner.class]");
    }

    @Test
    void whoSendsFromACallbackWhileTheBufferIsFullIsToldAtOnce() throws Exception {
        MockProducer<byte[], byte[]> client = mock();
        ProducerSettings tight = settings().withBuffer(1_000_000, 2).withPatience(Duration.ofHours(1));

        try (RecordProducer<Outgoing> producer =
                RecordProducer.over(() -> client, tight, RecordForm.asItIs(), meters)) {
            CompletableFuture<List<Delivery>> again = producer.send(record(1)).thenApply(first -> {
                CompletableFuture<Delivery> fits = producer.send(record(3));
                return List.of(producer.send(record(4)).join(), fits.getNow(new Delivery.Acknowledged("", 0, 0, NOON)));
            });
            CompletableFuture<Delivery> _ = producer.send(record(2));
            client.completeNext();

            assertThat(again.get(10, TimeUnit.SECONDS).getFirst())
                    .isInstanceOfSatisfying(
                            Delivery.NotSent.class,
                            told -> assertThat(told.cause()).isEqualTo(FailureCause.BUFFER_FULL));
            client.completeNext();
            client.completeNext();
        }
    }

    @Test
    void afterTheStopNothingIsTaken() throws Exception {
        RecordProducer<Outgoing> producer = producer(settings());
        CompletableFuture<Delivery> before = producer.send(record(1));

        Stopped<Outgoing> stopped = producer.stop(Duration.ofSeconds(10));

        assertThat(stopped.undelivered()).isEmpty();
        assertThat(told(before)).isInstanceOf(Delivery.Acknowledged.class);
        assertThat(told(producer.send(record(2))))
                .isInstanceOfSatisfying(
                        Delivery.NotSent.class, told -> assertThat(told.cause()).isEqualTo(FailureCause.STOPPED));
    }

    private RecordProducer<Outgoing> producer(ProducerSettings settings) {
        return RecordProducer.open(settings, RecordForm.asItIs(), meters);
    }

    private static ProducerSettings settings() {
        return ProducerSettings.of("test", TestKafka.bootstrapServers());
    }

    private RecordProducer<Outgoing> over(List<Producer<byte[], byte[]>> clients) {
        Queue<Producer<byte[], byte[]>> next = new ArrayDeque<>(clients);
        return RecordProducer.over(next::remove, settings(), RecordForm.asItIs(), meters);
    }

    private static Delivery doubtful(Exception error) {
        return new Delivery.Doubtful(FailureCause.of(error), error.toString());
    }

    private static MockProducer<byte[], byte[]> mock() {
        return new MockProducer<>(
                false, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Outgoing record(int number) {
        return Outgoing.of(topic, bytes("key"), bytes("value " + number));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Delivery told(CompletableFuture<Delivery> delivery) throws Exception {
        return delivery.get(60, TimeUnit.SECONDS);
    }

    private double count(String counter) {
        return meters.get(counter).counter().count();
    }
}
