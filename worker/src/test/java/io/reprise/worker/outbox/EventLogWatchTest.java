package io.reprise.worker.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reprise.embedded.EmbeddedKafka;
import io.reprise.embedded.Placement;
import io.reprise.worker.shared.Topic;
import io.reprise.worker.shared.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EventLogWatchTest {

    private static final Duration OFTEN = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static EmbeddedKafka kafka;
    private static Admin admin;
    private static Topics topics;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeAll
    static void startKafka() {
        kafka = EmbeddedKafka.start(Placement.temporary());
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        topics = new Topics(kafka.bootstrapServers());
    }

    @AfterAll
    static void stopKafka() {
        topics.close();
        admin.close();
        kafka.close();
    }

    @Test
    void aTopicThatForgetsIsSaidWithTheWordsThatMendItUntilItIsMended() throws Exception {
        admin.createTopics(List.of(new NewTopic("made-elsewhere", 1, (short) 1)
                        .configs(Map.of("retention.ms", "604800000", "cleanup.policy", "compact"))))
                .all()
                .get();

        try (EventLogWatch watch = EventLogWatch.start(Topic.keptForever("made-elsewhere", 1), topics, OFTEN, meters)) {
            await().atMost(PATIENCE).until(() -> watch.complaint().isPresent());
            assertThat(watch.complaint().orElseThrow())
                    .contains(
                            "cleanup.policy=compact (expected: delete)",
                            "retention.ms=604800000 (expected: -1)",
                            "--add-config cleanup.policy=delete,retention.bytes=-1,retention.ms=-1");
            assertThat(forgetting()).isOne();

            mend("made-elsewhere");

            await().atMost(PATIENCE).until(() -> watch.complaint().isEmpty());
            assertThat(forgetting()).isZero();
        }
    }

    @Test
    void aTopicOfOurOwnGivesNoCauseForComplaint() throws Exception {
        Topic own = Topic.keptForever("our-own", 1);

        topics.ensure(List.of(own));

        assertThat(topics.deviations(own)).isEmpty();
    }

    private double forgetting() {
        return meters.get("reprise_outbox_forgetting_topics").gauge().value();
    }

    private static void mend(String topic) throws Exception {
        admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, topic),
                        List.of(
                                new AlterConfigOp(
                                        new ConfigEntry("cleanup.policy", "delete"), AlterConfigOp.OpType.SET),
                                new AlterConfigOp(new ConfigEntry("retention.ms", "-1"), AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }
}
