package io.reprise.worker.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.activities.producer.Committed;
import io.reprise.activities.producer.TransactionalProducer;
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
                TransactionalProducer<OutboxRow> zombie = ShardProducer.open(kafka.bootstrapServers(), SETTINGS, 0);
                TransactionalProducer<OutboxRow> successor = ShardProducer.open(kafka.bootstrapServers(), SETTINGS, 0);
                TransactionalProducer<OutboxRow> neighbour =
                        ShardProducer.open(kafka.bootstrapServers(), SETTINGS, 1)) {
            admin.createTopics(List.of(new NewTopic("events", 1, (short) 1)))
                    .all()
                    .get();

            assertThat(zombie.send(version(1))).isInstanceOf(Committed.All.class);
            assertThat(successor.send(version(2))).isInstanceOf(Committed.All.class);
            assertThat(neighbour.send(version(1))).isInstanceOf(Committed.All.class);

            assertThat(zombie.send(version(2))).isInstanceOf(Committed.Fenced.class);
            assertThat(successor.send(version(3))).isInstanceOf(Committed.All.class);
        }
    }

    private static List<OutboxRow> version(long version) {
        return List.of(new OutboxRow(version, 0, "events", "key", version, "event-" + version, "{}", 0));
    }
}
