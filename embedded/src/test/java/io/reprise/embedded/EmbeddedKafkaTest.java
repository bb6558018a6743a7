package io.reprise.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class EmbeddedKafkaTest {

    @TempDir
    Path folder;

    @Test
    void servesTransactionsAndHidesWhatWasAborted() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(Placement.temporary())) {
            create(kafka, "events");

            sendInTransaction(kafka, "kept", true);
            sendInTransaction(kafka, "dropped", false);
            sendInTransaction(kafka, "kept too", true);

            assertThat(read(kafka, 2)).containsExactly("kept", "kept too");
        }
    }

    @Test
    void keepsTopicsAndRecordsOverStopAndOverAnotherStart() throws Exception {
        int port;
        try (EmbeddedKafka kafka = EmbeddedKafka.start(Placement.kept(folder))) {
            port = kafka.port();
            create(kafka, "events");
            sendInTransaction(kafka, "before", true);

            kafka.stop();
            assertThat(Ports.isFree(port)).isTrue();
            kafka.startAgain();

            sendInTransaction(kafka, "between", true);
        }

        try (EmbeddedKafka kafka = EmbeddedKafka.start(Placement.kept(folder).onPort(port))) {
            sendInTransaction(kafka, "after", true);

            assertThat(read(kafka, 3)).containsExactly("before", "between", "after");
        }
    }

    @Test
    void refusesAFolderThatIsInUseAndAPortThatIsTaken() {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(Placement.kept(folder))) {
            assertThatThrownBy(() -> EmbeddedKafka.start(Placement.kept(folder)))
                    .isInstanceOf(FolderTaken.class);
            assertThatThrownBy(() -> EmbeddedKafka.start(Placement.temporary().onPort(kafka.port())))
                    .isInstanceOf(PortTaken.class)
                    .hasMessageContaining("Kafka");
        }
    }

    private static void create(EmbeddedKafka kafka, String topic) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    private static void sendInTransaction(EmbeddedKafka kafka, String value, boolean commit)
            throws ExecutionException, InterruptedException {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "test"),
                new StringSerializer(),
                new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("events", "key", value)).get();
            if (commit) {
                producer.commitTransaction();
                return;
            }
            producer.abortTransaction();
        }
    }

    private static List<String> read(EmbeddedKafka kafka, int atLeast) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", kafka.bootstrapServers(),
                        "group.id", "readers",
                        "auto.offset.reset", "earliest",
                        "isolation.level", "read_committed"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.subscribe(List.of("events"));
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                for (ConsumerRecord<String, String> seen : consumer.poll(Duration.ofMillis(200))) {
                    values.add(seen.value());
                }
                return values.size() >= atLeast;
            });
        }
        return values;
    }
}
