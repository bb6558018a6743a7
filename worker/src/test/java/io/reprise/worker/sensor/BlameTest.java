package io.reprise.worker.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class BlameTest {

    private static final TopicPartition DAYS = new TopicPartition("shop.days", 1);
    private static final Set<TopicPartition> READ =
            Set.of(DAYS, new TopicPartition("shop.days", 0), new TopicPartition("shop.orders", 1));

    @Test
    void onlyTheTopicThatTheFailureIsAboutIsBlamed() {
        assertThat(Blame.topics(new TopicAuthorizationException(Set.of("shop.days")), READ))
                .containsExactly("shop.days");
        assertThat(Blame.topics(new NoOffsetForPartitionException(DAYS), READ)).containsExactly("shop.days");
        assertThat(Blame.topics(
                        new KafkaException("Received exception when fetching the next record from shop.days-1."
                                + " If needed, please seek past the record to continue consumption."),
                        READ))
                .containsExactly("shop.days");
        assertThat(Blame.topics(
                        new KafkaException("Record batch for partition shop.days-1 at offset 7 is invalid, cause: crc"),
                        READ))
                .containsExactly("shop.days");
    }

    @Test
    void whereTheFailureNamesNoneAllAreBlamed() {
        assertThat(Blame.topics(new AuthenticationException("who are you?"), READ))
                .containsExactlyInAnyOrder("shop.days", "shop.orders");
        assertThat(Blame.topics(new TopicAuthorizationException(Set.of("elsewhere")), READ))
                .containsExactlyInAnyOrder("shop.days", "shop.orders");
    }
}
