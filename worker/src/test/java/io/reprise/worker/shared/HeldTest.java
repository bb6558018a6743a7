package io.reprise.worker.shared;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class HeldTest {

    private static final TopicPartition PARTITION = new TopicPartition("shop.days", 0);

    private final Held held = new Held();

    @Test
    void whatNobodyCouldSayCountsAsNoQuestion() {
        for (int times = 0; times < 20; times++) {
            assertThat(held.holdUnanswered(PARTITION, 7)).isZero();
        }

        assertThat(held.hold(PARTITION, 7)).isOne();
        assertThat(held.hold(PARTITION, 7)).isEqualTo(2);
        assertThat(held.isHeld(PARTITION)).isTrue();
    }

    @Test
    void anotherRecordIsAskedForAnew() {
        held.hold(PARTITION, 7);

        assertThat(held.hold(PARTITION, 8)).isOne();
    }
}
