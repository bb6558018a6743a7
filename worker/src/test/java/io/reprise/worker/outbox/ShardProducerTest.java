package io.reprise.worker.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.embedded.EmbeddedKafka;
import io.reprise.embedded.Placement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;

class ShardProducerTest {

    private static final OutboxSettings SETTINGS = OutboxSettings.of("test", 4);

    @Test
    void theBrokerRefusesWhoeverHeldTheShardBefore() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(Placement.temporary());
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
                ShardProducer zombie = new ShardProducer(kafka.bootstrapServers(), SETTINGS, 0);
                ShardProducer successor = new ShardProducer(kafka.bootstrapServers(), SETTINGS, 0);
                ShardProducer neighbour = new ShardProducer(kafka.bootstrapServers(), SETTINGS, 1)) {
            admin.createTopics(List.of(new NewTopic("events", 1, (short) 1)))
                    .all()
                    .get();

            assertThat(zombie.send(version(1))).isInstanceOf(Sent.All.class);
            assertThat(successor.send(version(2))).isInstanceOf(Sent.All.class);
            assertThat(neighbour.send(version(1))).isInstanceOf(Sent.All.class);

            assertThat(zombie.send(version(2))).isInstanceOf(Sent.Fenced.class);
            assertThat(successor.send(version(3))).isInstanceOf(Sent.All.class);
        }
    }

    @Test
    void aProducerThatWasClosedUnderItIsReplaced() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(Placement.temporary());
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("events", 1, (short) 1)))
                    .all()
                    .get();
            Producer<String, String> closed = producer(kafka);
            closed.close();
            Queue<Producer<String, String>> producers = new ArrayDeque<>(List.of(closed, producer(kafka)));

            try (ShardProducer shard = new ShardProducer(producers::remove, Duration.ZERO)) {
                assertThat(shard.send(version(1))).isInstanceOf(Sent.Unreachable.class);
                assertThat(shard.send(version(1))).isInstanceOf(Sent.All.class);
            }
        }
    }

    private static Producer<String, String> producer(EmbeddedKafka kafka) {
        return new KafkaProducer<>(ShardProducer.configuration(kafka.bootstrapServers(), SETTINGS, 2));
    }

    private static List<OutboxRow> version(long version) {
        return List.of(new OutboxRow(version, 0, "events", "key", version, "event-" + version, "{}", 0));
    }
}
