package io.reprise.worker.shared;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topics that this worker needs: looked up, and created where they are missing. */
public final class Topics implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Topics.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Admin admin;

    public Topics(String bootstrap) {
        this.admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                AdminClientConfig.CLIENT_ID_CONFIG,
                "reprise-topics",
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                Math.toIntExact(PATIENCE.toMillis()),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                Math.toIntExact(PATIENCE.toMillis()),
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                1000));
    }

    /** Creates those that are missing. The others stay as they are. */
    public void ensure(List<Topic> topics) throws KafkaAway, InterruptedException {
        Set<String> there = ask("list the topics", admin.listTopics().names()::get);
        List<NewTopic> missing = new ArrayList<>();
        for (Topic topic : topics) {
            if (!there.contains(topic.name())) {
                missing.add(new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
                        .configs(topic.configuration()));
            }
        }
        for (var created : admin.createTopics(missing).values().entrySet()) {
            try {
                created.getValue().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                LOG.info("Created topic {}", created.getKey());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw new KafkaAway("create topic " + created.getKey(), e.getCause());
                }
            } catch (TimeoutException e) {
                throw new KafkaAway("create topic " + created.getKey(), e);
            }
        }
    }

    /** What of a topic that is there is configured otherwise, such as {@code retention.ms=604800000 (expected: -1)}. */
    public List<String> deviations(Topic topic) throws KafkaAway, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
        Map<ConfigResource, Config> found = ask(
                "read the configuration of topic " + topic.name(),
                admin.describeConfigs(List.of(resource)).all()::get);
        List<String> deviations = new ArrayList<>();
        new TreeMap<>(topic.configuration()).forEach((key, expected) -> {
            String value = found.values().stream()
                    .map(config -> config.get(key))
                    .filter(Objects::nonNull)
                    .map(ConfigEntry::value)
                    .findFirst()
                    .orElse("unknown");
            if (!value.equals(expected)) {
                deviations.add(key + "=" + value + " (expected: " + expected + ")");
            }
        });
        return deviations;
    }

    /** The id that Kafka gave the topic: another one after it was deleted and created again. */
    public Uuid id(String topic) throws KafkaAway, InterruptedException {
        return describe(topic).topicId();
    }

    /** What a topic consists of now. */
    public record Partitions(String topicId, List<TopicPartition> partitions) {}

    public Partitions partitions(String topic) throws KafkaAway, InterruptedException {
        TopicDescription described = describe(topic);
        return new Partitions(
                described.topicId().toString(),
                described.partitions().stream()
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .toList());
    }

    private TopicDescription describe(String topic) throws KafkaAway, InterruptedException {
        KafkaFuture<TopicDescription> description =
                admin.describeTopics(List.of(topic)).topicNameValues().get(topic);
        if (description == null) {
            throw new KafkaAway("describe topic " + topic, null);
        }
        return ask("describe topic " + topic, description::get);
    }

    /** The id of the cluster that answers. */
    public String clusterId() throws KafkaAway, InterruptedException {
        return ask("describe the cluster", admin.describeCluster().clusterId()::get);
    }

    /** Throws where no broker answers. */
    public void ping() throws KafkaAway, InterruptedException {
        ask("describe the cluster", admin.describeCluster().clusterId()::get);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }

    private interface Answer<T> {
        T get() throws InterruptedException, ExecutionException;
    }

    private static <T> T ask(String question, Answer<T> answer) throws KafkaAway, InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new KafkaAway(question, e.getCause());
        }
    }
}
