package io.reprise.worker.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class SensorConsumerTest {

    private static final TopicPartition DAYS = new TopicPartition("shop.days", 0);
    private static final TopicPartition ORDERS = new TopicPartition("shop.orders", 0);

    @Test
    void whatIsNewStandsSomewhereAtOnceAndTheRestStaysWhereItIs() {
        MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("none");
        try (SensorConsumer consumer = new SensorConsumer(kafka)) {
            assertThat(consumer.have(Map.of(DAYS, 7L))).containsExactly(DAYS);
            consumer.seek(DAYS, 9);

            Set<TopicPartition> changed = consumer.have(Map.of(DAYS, 7L, ORDERS, 3L));

            assertThat(changed).containsExactly(ORDERS);
            assertThat(kafka.position(DAYS)).isEqualTo(9);
            assertThat(kafka.position(ORDERS)).isEqualTo(3);
            assertThat(kafka.paused()).contains(ORDERS);
            assertThat(consumer.poll(gone -> {}).count()).isZero();
            assertThat(consumer.have(Map.of(DAYS, 9L))).isEmpty();
            assertThat(consumer.assigned()).containsExactly(DAYS);
        }
    }
}
