package io.reprise.worker.trigger;

import io.reprise.worker.shared.PartitionLog;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/**
 * What Kafka says of a topic now.
 *
 * @param committed what it was told by the readers
 * @param offsetsAt the first offsets that are not older than an instant
 */
record KafkaView(
        Map<TopicPartition, PartitionLog> logs,
        Map<TopicPartition, Long> committed,
        Function<Instant, Map<TopicPartition, Long>> offsetsAt) {

    static KafkaView of(TopicConsumer consumer) {
        Map<TopicPartition, PartitionLog> logs = consumer.logs();
        return new KafkaView(logs, consumer.committed(logs.keySet()), instant -> consumer.offsetsAt(instant, logs));
    }
}
