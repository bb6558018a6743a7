package io.reprise.worker.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.embedded.EmbeddedKafka;
import io.reprise.embedded.Placement;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
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

    private static List<OutboxRow> version(long version) {
        return List.of(new OutboxRow(version, 0, "events", "key", version, "event-" + version, "{}", 0));
    }
}
