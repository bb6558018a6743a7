package io.reprise.catalog.trigger;

import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.shared.FieldError;
import io.reprise.catalog.shared.Json;
import io.reprise.catalog.shared.RecordDecoder;
import io.reprise.catalog.shared.RecordKey;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.trigger.RequestedRun;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes of a record what its trigger starts: decoded, filtered, and mapped to the order or pipeline that is meant. */
public final class RecordMapping {

    private final TriggerDefinition trigger;
    private final StartTarget target;
    private final RecordDecoder decoder;

    private RecordMapping(TriggerDefinition trigger, StartTarget target, RecordDecoder decoder) {
        this.trigger = trigger;
        this.target = target;
        this.decoder = decoder;
    }

    /**
     * What a pipeline's name stands for now.
     *
     * @param hash under which the ledger has the definition
     */
    public record Current(String hash, PipelineDefinition definition) {}

    /**
     * As it holds now: a definition that changes makes another mapping.
     *
     * @param pipeline that the trigger starts, if it starts one
     * @param orders how the steps of orders are executed first
     */
    public static RecordMapping of(
            TriggerDefinition trigger, Optional<Current> pipeline, StepMode orders, InstantSource clock) {
        return new RecordMapping(trigger, target(trigger, pipeline, orders, clock), RecordDecoder::json);
    }

    /** The same of records that are no JSON. */
    public RecordMapping decodedBy(RecordDecoder other) {
        return new RecordMapping(trigger, target, other);
    }

    private static StartTarget target(
            TriggerDefinition trigger, Optional<Current> pipeline, StepMode orders, InstantSource clock) {
        return switch (trigger.start()) {
            case TriggerStart.Order _ -> new OrderTarget(orders);
            case TriggerStart.Pipeline start -> {
                Current current =
                        pipeline.orElseThrow(() -> new IllegalArgumentException("cannot start pipeline '" + start.name()
                                + "' by trigger '" + trigger.name() + "': the applied catalog has none of that name"));
                yield new PipelineTarget(trigger, start, current.hash(), current.definition(), clock);
            }
        };
    }

    /**
     * Reads one record, with all that is wrong with it.
     *
     * @param schema the header that names the value's schema, where the record has it
     */
    public RecordReading read(
            RecordPlace place, byte @Nullable [] key, byte @Nullable [] value, byte @Nullable [] schema) {
        try {
            return decoded(place, key, value, schema);
        } catch (RuntimeException | StackOverflowError unforeseen) {
            return RecordReading.Refused.of(unreadable(unforeseen));
        }
    }

    private RecordReading decoded(
            RecordPlace place, byte @Nullable [] key, byte @Nullable [] value, byte @Nullable [] schema) {
        if (value == null) {
            return read(place, key, 0, DecodedRecord.NONE);
        }
        return switch (decoder.decode(value, schema)) {
            case RecordDecoder.Decoding.Read(Json document) -> read(place, key, value.length, document);
            case RecordDecoder.Decoding.Bad(String found, String expected) ->
                RecordReading.Refused.of(malformed(new FieldError("", found, expected)));
            case RecordDecoder.Decoding.Unknown(String words) -> new RecordReading.NotYet(false, words);
            case RecordDecoder.Decoding.Away(String words) -> new RecordReading.NotYet(true, words);
        };
    }

    private RecordReading read(RecordPlace place, byte @Nullable [] key, int size, Json document) {
        try {
            if (!trigger.filter().stream().allMatch(filter -> filter.lets(document))) {
                return new RecordReading.Filtered();
            }
            if (document.equals(DecodedRecord.NONE)) {
                throw malformed(new FieldError("", "a record without a value", "a value"));
            }
            DecodedRecord found = new DecodedRecord(place, RecordKey.text(key), size, document);
            Wish wish = target.read(found);
            return new RecordReading.Asks(wish, orderKey(found));
        } catch (BadRecord bad) {
            return RecordReading.Refused.of(bad);
        }
    }

    private Optional<String> orderKey(DecodedRecord found) throws BadRecord {
        if (trigger.order() == KeyOrder.NONE || trigger.key().isEmpty()) {
            return found.key();
        }
        List<FieldError> errors = new ArrayList<>();
        Optional<String> key = found.scalar(trigger.key().get(), errors);
        if (!errors.isEmpty()) {
            throw BadRecord.invalid(errors);
        }
        return key;
    }

    /** The run of these records, which ask for equal things. */
    public Made run(RecordReading.Asks asks, RecordSpan span) {
        try {
            return new Made.Run(target.run(asks.wish(), span));
        } catch (BadRecord bad) {
            return new Made.Refused(RecordReading.Refused.of(bad));
        } catch (RuntimeException | StackOverflowError unforeseen) {
            return new Made.Refused(RecordReading.Refused.of(unreadable(unforeseen)));
        }
    }

    /** What records that ask for equal things came to. */
    public sealed interface Made {
        record Run(RequestedRun run) implements Made {}

        record Refused(RecordReading.Refused why) implements Made {}
    }

    /** Whatever one record does to who reads it, those behind it are read. */
    private static BadRecord unreadable(Throwable unforeseen) {
        return malformed(
                new FieldError("", unforeseen.toString(), "a record that the trigger's filter and mapping can hold"));
    }

    private static BadRecord malformed(FieldError error) {
        return new BadRecord(RecordReading.Refused.MALFORMED, "a record", List.of(error));
    }
}
