package io.reprise.api.trigger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reprise.api.shared.ProblemType;
import io.reprise.api.shared.Refused;
import io.reprise.db.trigger.PlacedAgain;
import io.reprise.db.trigger.Subscription;
import io.reprise.db.trigger.TriggerBatch;
import io.reprise.db.trigger.TriggerPlaces;
import io.reprise.db.trigger.Triggers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Sets paused triggers to other places, after it told what that means. */
public final class TriggerResets {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_LOOKS = 80;

    private final Triggers triggers;
    private final TriggerPlaces places;
    private final Runnable rest;

    /**
     * Over a ledger.
     *
     * @param rest between two looks for an answer of the trigger's reader
     */
    public TriggerResets(Triggers triggers, TriggerPlaces places, Runnable rest) {
        this.triggers = triggers;
        this.places = places;
        this.rest = rest;
    }

    /** Where to. */
    sealed interface To {
        record Beginning() implements To {}

        record End() implements To {}

        record Offset(long offset) implements To {}

        record From(Instant instant) implements To {}
    }

    /** What it would do. */
    ResetView plan(String name, To to, OptionalInt partition) {
        Subscription trigger = reported(name);
        Map<Integer, Long> offsets = offsets(trigger, to, partition);
        List<ResetView.Partition> planned = ReportedPartition.of(trigger).stream()
                .filter(it -> offsets.containsKey(it.partition()))
                .map(it -> planned(trigger, it, offsets.getOrDefault(it.partition(), it.position())))
                .toList();
        return new ResetView(name, false, planned);
    }

    ResetView reset(String name, To to, OptionalInt partition) {
        ResetView plan = plan(name, to, partition);
        Map<Integer, Long> offsets = new TreeMap<>();
        plan.partitions().forEach(it -> offsets.put(it.partition(), it.to()));
        return switch (places.set(name, reported(name).topicLog().orElseThrow(), offsets)) {
            case PlacedAgain.Done _ -> new ResetView(name, true, plan.partitions());
            case PlacedAgain.StillRuns(String state) ->
                throw Refused.because(
                        ProblemType.NOT_POSSIBLE,
                        "found the trigger " + state
                                + " (expected: paused, so that nobody reads on: reprise trigger pause " + name
                                + " --reason TEXT)");
            case PlacedAgain.NotFound(String trigger) -> throw Refused.notFound("a trigger", trigger);
        };
    }

    private Subscription reported(String name) {
        Subscription trigger = triggers.byName(name).orElseThrow(() -> Refused.notFound("a trigger", name));
        if (trigger.topicLog().isEmpty() || ReportedPartition.of(trigger).isEmpty()) {
            throw Refused.because(
                    ProblemType.NO_WORKER,
                    "found no word of where the trigger stands (expected: a worker that serves it)");
        }
        return trigger;
    }

    private Map<Integer, Long> offsets(Subscription trigger, To to, OptionalInt only) {
        Map<Integer, Long> offsets = new TreeMap<>();
        Map<Integer, Long> found = to instanceof To.From(Instant instant) ? lookedUp(trigger, instant) : Map.of();
        for (ReportedPartition it : ReportedPartition.of(trigger)) {
            if (only.isEmpty() || only.getAsInt() == it.partition()) {
                offsets.put(
                        it.partition(),
                        switch (to) {
                            case To.Beginning _ -> it.start();
                            case To.End _ -> it.end();
                            case To.Offset(long offset) -> inside(it, offset);
                            case To.From _ -> found.getOrDefault(it.partition(), it.end());
                        });
            }
        }
        if (offsets.isEmpty()) {
            throw Refused.because(
                    ProblemType.INVALID, "found no partition " + only.orElse(-1) + " of " + trigger.topic());
        }
        return offsets;
    }

    private static long inside(ReportedPartition partition, long offset) {
        if (offset < partition.start() || offset > partition.end()) {
            throw Refused.because(
                    ProblemType.INVALID,
                    "found offset " + offset + " outside of partition " + partition.partition() + " (expected: "
                            + partition.start() + " to " + partition.end() + ", or one partition of others)");
        }
        return offset;
    }

    private Map<Integer, Long> lookedUp(Subscription trigger, Instant instant) {
        Optional<String> answer = places.offsetsAt(trigger.trigger(), instant);
        for (int looks = 0; answer.isEmpty() && looks < MOST_LOOKS; looks++) {
            rest.run();
            answer = places.offsetsAt(trigger.trigger(), instant);
        }
        return answer.map(TriggerResets::read)
                .orElseThrow(() -> Refused.because(
                        ProblemType.NO_WORKER,
                        "asked for the offsets of " + instant + " and found no answer (expected: a worker that reads "
                                + trigger.topic() + ", and a Kafka that answers it)"));
    }

    private static Map<Integer, Long> read(String json) {
        Map<Integer, Long> offsets = new TreeMap<>();
        try {
            JsonNode answer = JSON.readTree(json);
            answer.properties()
                    .forEach(it -> offsets.put(
                            Integer.valueOf(it.getKey()), it.getValue().asLong()));
            return offsets;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot read an answer as JSON: " + json, e);
        }
    }

    private ResetView.Partition planned(Subscription trigger, ReportedPartition it, long to) {
        TriggerBatch.Source source =
                new TriggerBatch.Source(trigger.trigger(), trigger.topicLog().orElseThrow(), it.partition());
        return new ResetView.Partition(
                it.partition(),
                it.position(),
                to,
                Math.max(0, it.position() - to),
                to < it.position() ? places.known(source, to, it.position()) : 0,
                Math.max(0, to - it.position()));
    }
}
