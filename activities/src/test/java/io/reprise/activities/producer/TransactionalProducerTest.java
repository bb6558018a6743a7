package io.reprise.activities.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.activities.shared.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransactionalProducerTest {

    private final String topic = "transacted." + UUID.randomUUID();

    @BeforeEach
    void ownTopic() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestKafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    @Test
    void aClientThatWasClosedUnderItIsReplaced() {
        Producer<byte[], byte[]> closed = client();
        closed.close();
        Queue<Producer<byte[], byte[]>> clients = new ArrayDeque<>(List.of(closed, client()));

        try (TransactionalProducer<String> producer =
                new TransactionalProducer<>(this::record, clients::remove, Duration.ZERO)) {
            assertThat(producer.send(List.of("one"))).isInstanceOf(Committed.Unreachable.class);
            assertThat(producer.send(List.of("one"))).isInstanceOf(Committed.All.class);
        }
    }

    @Test
    void aRecordThatCannotBeWrittenIsRefusedAndTheOthersAreNotSent() {
        try (TransactionalProducer<String> producer = TransactionalProducer.open(settings(), this::record)) {
            assertThat(producer.send(List.of("one", "unwritable", "two")))
                    .isEqualTo(new Committed.Refused<>(
                            List.of("unwritable"), "cannot write a record: found 'unwritable' (expected: a word)"));
            assertThat(producer.send(List.of("one", "two"))).isInstanceOf(Committed.All.class);
        }
    }

    private Outgoing record(String word) throws Unwritable {
        if (word.equals("unwritable")) {
            throw new Unwritable("'" + word + "'", "a word");
        }
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        return Outgoing.of(topic, bytes, bytes);
    }

    private ProducerSettings settings() {
        return ProducerSettings.of(topic, TestKafka.bootstrapServers());
    }

    private Producer<byte[], byte[]> client() {
        Map<String, Object> configuration = new HashMap<>(settings().forKafka());
        configuration.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topic);
        return new KafkaProducer<>(configuration);
    }
}
