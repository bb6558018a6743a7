package io.reprise.worker.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.reprise.worker.shared.KafkaAway;
import io.reprise.worker.shared.Rounds;
import io.reprise.worker.shared.Topic;
import io.reprise.worker.shared.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether the log of events keeps all of them, as state that is rebuilt from it needs. A topic that somebody else
 * made is not changed: its space is theirs to give. It is said wherever somebody looks, with the words that mend it.
 */
public final class EventLogWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventLogWatch.class);
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final Duration NOT_THERE = Duration.ofSeconds(2);

    private final Topic topic;
    private final Topics topics;
    private final Duration every;
    private final Rounds rounds;
    private volatile Optional<String> complaint = Optional.empty();

    private EventLogWatch(Topic topic, Topics topics, Duration every, MeterRegistry registry) {
        this.topic = topic;
        this.topics = topics;
        this.every = every;
        Gauge.builder("reprise_outbox_forgetting_topics", this, watch -> watch.complaint.isPresent() ? 1 : 0)
                .description("Topics of events that Kafka will forget, although they must be kept")
                .register(registry);
        this.rounds = Rounds.start("event-log", GRACE, this::round);
    }

    public static EventLogWatch start(Topic topic, Topics topics, Duration every, MeterRegistry registry) {
        return new EventLogWatch(topic, topics, every, registry);
    }

    /** What is wrong with the log, and how to mend it. */
    public Optional<String> complaint() {
        return complaint;
    }

    @Override
    public void close() {
        rounds.close();
    }

    private Duration round() throws InterruptedException {
        try {
            Optional<String> found = words(topics.deviations(topic));
            if (!found.equals(complaint)) {
                found.ifPresentOrElse(
                        words -> LOG.error("The log of events is not kept: {}", words),
                        () -> LOG.info("The log of events is kept for ever: {}", topic.name()));
            }
            complaint = found;
            return every;
        } catch (KafkaAway notThere) {
            LOG.debug("Could not look at topic {}", topic.name(), notThere);
            return NOT_THERE;
        }
    }

    private Optional<String> words(List<String> deviations) {
        return deviations.isEmpty()
                ? Optional.empty()
                : Optional.of("topic " + topic.name() + " forgets events: " + String.join(", ", deviations)
                        + "; mend it with kafka-configs.sh --alter --topic " + topic.name() + " --add-config "
                        + additions());
    }

    private String additions() {
        return new TreeMap<>(topic.configuration())
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(","));
    }
}
