package io.reprise.worker.sensor;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/** Says which topics keep all that are read together from being read. */
final class Blame {

    private Blame() {}

    /** Those of the topics that the failure is about; all of them where it does not say. */
    static Set<String> topics(KafkaException failure, Collection<TopicPartition> read) {
        Set<String> topics = read.stream().map(TopicPartition::topic).collect(Collectors.toSet());
        Set<String> blamed = switch (failure) {
            case TopicAuthorizationException denied -> denied.unauthorizedTopics();
            case InvalidTopicException invalid -> invalid.invalidTopics();
            case InvalidOffsetException nowhere -> topicsOf(nowhere.partitions());
            default -> named(failure, read);
        };
        Set<String> known = blamed.stream().filter(topics::contains).collect(Collectors.toSet());
        return known.isEmpty() ? topics : known;
    }

    /** Of a batch that is broken Kafka's client tells the partition in words only. */
    private static Set<String> named(KafkaException failure, Collection<TopicPartition> read) {
        Set<String> words = Arrays.stream(String.valueOf(failure.getMessage()).split("[\\s,:]+"))
                .map(word -> word.endsWith(".") ? word.substring(0, word.length() - 1) : word)
                .collect(Collectors.toSet());
        return topicsOf(read.stream()
                .filter(partition -> words.contains(partition.toString()))
                .toList());
    }

    private static Set<String> topicsOf(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet());
    }
}
