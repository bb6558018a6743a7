package io.reprise.api.trigger;

import io.reprise.api.shared.ProblemType;
import io.reprise.api.shared.Refused;
import io.reprise.db.trigger.Subscription;
import io.reprise.db.trigger.TriggerBatch;
import io.reprise.db.trigger.TriggerInbox;
import io.reprise.db.trigger.TriggerPlaces;
import io.reprise.db.trigger.Triggers;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Holds Kafka's offsets, positions, inbox and runs of a trigger against each other. */
public final class TriggerDrift {

    private final Triggers triggers;
    private final TriggerPlaces places;
    private final TriggerInbox inbox;

    public TriggerDrift(Triggers triggers, TriggerPlaces places, TriggerInbox inbox) {
        this.triggers = triggers;
        this.places = places;
        this.inbox = inbox;
    }

    DriftView of(String name) {
        Subscription trigger = triggers.byName(name).orElseThrow(() -> Refused.notFound("a trigger", name));
        String log = trigger.topicLog()
                .orElseThrow(() -> Refused.because(
                        ProblemType.NO_WORKER,
                        "found no word of where the trigger stands (expected: a worker that serves it)"));
        List<DriftView.Partition> partitions = ReportedPartition.of(trigger).stream()
                .map(it -> partition(new TriggerBatch.Source(name, log, it.partition()), it))
                .toList();
        int missing = places.runsMissing(name);
        boolean agrees =
                missing == 0 && partitions.stream().allMatch(it -> it.finding().isEmpty());
        return new DriftView(name, agrees, missing, partitions);
    }

    private DriftView.Partition partition(TriggerBatch.Source source, ReportedPartition it) {
        OptionalLong lastRun = inbox.last(source);
        return new DriftView.Partition(
                it.partition(),
                it.position(),
                it.start(),
                it.end(),
                boxed(it.committed()),
                boxed(lastRun),
                places.openLetters(source),
                finding(it, lastRun));
    }

    private static Optional<String> finding(ReportedPartition it, OptionalLong lastRun) {
        if (it.committed().orElse(0) > it.position()) {
            return Optional.of("Kafka was told " + it.committed().getAsLong()
                    + ", behind the position: somebody else commits" + " in this group, or the trigger was set back");
        }
        if (lastRun.orElse(-1) >= it.position()) {
            return Optional.of("the record at " + lastRun.getAsLong()
                    + " became a run, and the position is before it: the" + " trigger was set back");
        }
        if (it.position() > it.end()) {
            return Optional.of("the position is behind the end of the log: it lost its tail");
        }
        return it.position() < it.start()
                ? Optional.of("Kafka deleted what lies between the position and " + it.start())
                : Optional.empty();
    }

    private static Optional<Long> boxed(OptionalLong found) {
        return found.isPresent() ? Optional.of(found.getAsLong()) : Optional.empty();
    }
}
