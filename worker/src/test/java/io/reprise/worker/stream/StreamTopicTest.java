package io.reprise.worker.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.embedded.Placement;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A broker of its own: deleting a topic that is being read upsets the topics that are made after it. */
class StreamTopicTest {

    private final StreamStage stage = new StreamStage(Placement.temporary());

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void loadsAllOfAPartitionThatCameLaterAndOfAnotherTopicWithItsName() throws Exception {
        stage.next(1);
        stage.produce(sales(0, 10));
        StreamSettings settings = stage.settings();
        try (StreamLoop _ = stage.load(settings)) {
            stage.awaitAll(10);
            try (Admin admin = stage.admin()) {
                admin.createPartitions(Map.of(stage.name(), NewPartitions.increaseTo(2)))
                        .all()
                        .get();
            }
        }
        stage.send(List.of(new ProducerRecord<>(stage.name(), 1, null, stage.sale(10))), Map.of());
        try (StreamLoop _ = stage.load(settings)) {
            stage.awaitAll(11);
            try (Admin admin = stage.admin()) {
                admin.deleteTopics(List.of(stage.name())).all().get();
            }
            stage.createTopic(1);
            stage.produce(sales(100, 5));
            stage.awaitAll(16);
        }

        assertThat(stage.number("select count(distinct k_topic) from raw." + stage.name()))
                .isEqualTo(2);
        assertThat(stage.number("select count(*) from mart." + stage.name())).isEqualTo(16);
    }

    private List<byte[]> sales(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(stage::sale).toList();
    }
}
