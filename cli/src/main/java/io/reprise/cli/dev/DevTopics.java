package io.reprise.cli.dev;

import io.reprise.catalog.contract.ContractDefinition;
import io.reprise.catalog.pipeline.Definitions;
import io.reprise.catalog.stream.StreamDefinition;
import io.reprise.cli.catalog.CatalogWatch;
import io.reprise.worker.shared.KafkaAway;
import io.reprise.worker.shared.Topic;
import io.reprise.worker.shared.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes the topics from which streams are loaded, where they are missing: elsewhere somebody decides on them. Records are kept
 * for as long as the contract says, counted from when they happened.
 */
final class DevTopics implements CatalogWatch.Preparation, AutoCloseable {

    private static final int PARTITIONS = 4;
    private static final Duration FOR_EVER = Duration.ofMillis(-1);

    private final Topics topics;

    DevTopics(String bootstrap) {
        this.topics = new Topics(bootstrap);
    }

    @Override
    public void prepare(Definitions definitions) throws KafkaAway, InterruptedException {
        Map<String, Topic> wanted = new TreeMap<>();
        definitions.streams().forEach(stream -> wanted.put(stream.topic(), topic(stream, definitions.contracts())));
        if (!wanted.isEmpty()) {
            topics.ensure(List.copyOf(wanted.values()));
        }
    }

    private static Topic topic(StreamDefinition stream, List<ContractDefinition> contracts) {
        Optional<Duration> retention = contracts.stream()
                .filter(it -> stream.contract().equals(Optional.of(it.subject())))
                .flatMap(it -> it.retention().stream())
                .findFirst();
        String millis = Long.toString(retention.orElse(FOR_EVER).toMillis());
        return new Topic(stream.topic(), PARTITIONS, Map.of("retention.ms", millis));
    }

    @Override
    public void close() {
        topics.close();
    }
}
