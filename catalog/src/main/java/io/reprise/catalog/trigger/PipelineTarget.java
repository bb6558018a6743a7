package io.reprise.catalog.trigger;

import io.reprise.catalog.pipeline.BadParameters;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.pipeline.PipelineRequest;
import io.reprise.catalog.schedule.BadSlot;
import io.reprise.catalog.schedule.SlotCalendar;
import io.reprise.catalog.shared.FieldError;
import io.reprise.catalog.shared.RecordPath;
import io.reprise.workflows.pipeline.Plan;
import io.reprise.workflows.pipeline.SlotValue;
import io.reprise.workflows.run.WorkflowId;
import io.reprise.workflows.trigger.RequestedRun;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Starts runs of a pipeline as {@code POST /runs} does. The run is known by its slot; where the pipeline stands for no time,
 * by the id of its record, so that the same record is the same run.
 */
final class PipelineTarget implements StartTarget {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,100}");

    private final TriggerDefinition trigger;
    private final TriggerStart.Pipeline start;
    private final String hash;
    private final PipelineDefinition definition;
    private final Plan plan;
    private final InstantSource clock;

    /**
     * Over the pipeline as it is now.
     *
     * @param hash under which the ledger has the definition
     */
    PipelineTarget(
            TriggerDefinition trigger,
            TriggerStart.Pipeline start,
            String hash,
            PipelineDefinition definition,
            InstantSource clock) {
        this.trigger = trigger;
        this.start = start;
        this.hash = hash;
        this.definition = definition;
        this.plan = definition.plan();
        this.clock = clock;
    }

    @Override
    public Wish read(DecodedRecord found) throws BadRecord {
        List<FieldError> errors = new ArrayList<>();
        Optional<SlotValue> slot = slot(found, errors);
        Optional<String> identity = trigger.id().flatMap(path -> identity(path, found, errors));
        Map<String, Object> values = new LinkedHashMap<>();
        start.parameters().forEach((name, value) -> {
            switch (value) {
                case RecordValue.At(RecordPath path) ->
                    found.scalar(path, errors).ifPresent(text -> values.put(name, text));
                case RecordValue.About(RecordFact fact) ->
                    ofEachRecord(fact, found, errors).ifPresent(text -> values.put(name, text));
                case RecordValue.Constant _ -> {}
            }
        });
        if (!errors.isEmpty()) {
            throw BadRecord.invalid(errors);
        }
        Wish.ForPipeline wish = new Wish.ForPipeline(slot, identity, values);
        run(wish, RecordSpan.of(found.place()));
        return wish;
    }

    private Optional<SlotValue> slot(DecodedRecord found, List<FieldError> errors) {
        Optional<SlotCalendar> calendar = definition.slot();
        if (calendar.isEmpty()) {
            return Optional.empty();
        }
        if (start.slot().isEmpty()) {
            return Optional.of(calendar.get().endedBy(found.place().timestamp()));
        }
        RecordPath path = start.slot().get();
        return found.scalar(path, errors).flatMap(name -> slot(calendar.get(), path, name, errors));
    }

    /** What would be missing of a slot that goes on is never run later: it would have its run. */
    private Optional<SlotValue> slot(SlotCalendar calendar, RecordPath path, String name, List<FieldError> errors) {
        try {
            SlotValue slot = calendar.named(name);
            if (!slot.end().isAfter(clock.instant())) {
                return Optional.of(slot);
            }
            String expected = "a slot that has ended; this one does at " + slot.end();
            errors.add(new FieldError(path.pointer(), "'" + name + "'", expected));
        } catch (BadSlot noSlot) {
            errors.add(new FieldError(path.pointer(), "'" + name + "'", calendar.form()));
        }
        return Optional.empty();
    }

    private static Optional<String> identity(RecordPath path, DecodedRecord found, List<FieldError> errors) {
        Optional<String> text = found.scalar(path, errors);
        if (text.isPresent() && !ID.matcher(text.get()).matches()) {
            errors.add(new FieldError(path.pointer(), "'" + text.get() + "'", "an id like " + ID));
            return Optional.empty();
        }
        return text;
    }

    /** Facts in which the records of a run are alike; the others are told of all of them at once. */
    private static Optional<String> ofEachRecord(RecordFact fact, DecodedRecord found, List<FieldError> errors) {
        return switch (fact) {
            case KEY -> {
                if (found.key().isEmpty()) {
                    errors.add(new FieldError("", "a record without a key", "a key, for " + fact.word()));
                }
                yield found.key();
            }
            case TIMESTAMP -> Optional.of(found.place().timestamp().toString());
            case TOPIC, PARTITION, FIRST_OFFSET, LAST_OFFSET, RECORDS -> Optional.empty();
        };
    }

    @Override
    public RequestedRun run(Wish wish, RecordSpan span) throws BadRecord {
        return switch (wish) {
            case Wish.ForPipeline asked -> run(request(asked, span));
            case Wish.ForOrder other ->
                throw new IllegalArgumentException(
                        "cannot run " + definition.name() + " for " + other + " (expected: a wish for a pipeline)");
        };
    }

    private PipelineRequest request(Wish.ForPipeline wish, RecordSpan span) throws BadRecord {
        Map<String, Object> parameters = new LinkedHashMap<>(wish.values());
        start.parameters().forEach((name, value) -> {
            switch (value) {
                case RecordValue.Constant(Object constant) -> parameters.put(name, constant);
                case RecordValue.About(RecordFact fact) -> ofSpan(fact, span).ifPresent(it -> parameters.put(name, it));
                case RecordValue.At _ -> {}
            }
        });
        try {
            return wish.slot().isPresent()
                    ? PipelineRequest.ofSlot(definition, wish.slot().get(), parameters)
                    : PipelineRequest.ofRecord(
                            definition, wish.id().orElseGet(() -> span.id(trigger.name())), parameters);
        } catch (BadParameters bad) {
            throw new BadRecord(
                    RecordReading.Refused.INVALID,
                    "parameters of " + definition.name(),
                    bad.errors().stream()
                            .map(it -> new FieldError("/parameters" + it.pointer(), it.found(), it.expected()))
                            .toList());
        }
    }

    private static Optional<Object> ofSpan(RecordFact fact, RecordSpan span) {
        return switch (fact) {
            case TOPIC -> Optional.of(span.first().topic());
            case PARTITION -> Optional.of(span.first().partition());
            case FIRST_OFFSET -> Optional.of(span.first().offset());
            case LAST_OFFSET -> Optional.of(span.lastOffset());
            case RECORDS -> Optional.of(span.records());
            case KEY, TIMESTAMP -> Optional.empty();
        };
    }

    private RequestedRun run(PipelineRequest request) throws BadRecord {
        String id = "pipeline/" + definition.name() + "/" + request.slotWithKeys();
        if (!WorkflowId.isWorkflowId(id)) {
            throw BadRecord.invalid(
                    List.of(new FieldError("", "the id '" + id + "'", "an id of at most 255 characters")));
        }
        return new RequestedRun.OfPipeline(
                request.workflowId(),
                request.input(hash, plan),
                definition.concurrency().slots(),
                definition.concurrency().sequential());
    }
}
