package io.reprise.api.trigger;

import io.reprise.api.deadletter.Redrive;
import io.reprise.api.pipeline.CurrentPipelines;
import io.reprise.api.shared.ProblemType;
import io.reprise.api.shared.Refused;
import io.reprise.catalog.trigger.RecordMapping;
import io.reprise.catalog.trigger.RecordPlace;
import io.reprise.catalog.trigger.RecordReading;
import io.reprise.catalog.trigger.RecordSpan;
import io.reprise.catalog.trigger.TriggerDefinition;
import io.reprise.db.deadletter.DeadLetter;
import io.reprise.db.deadletter.SourceRecord;
import io.reprise.db.run.NewRun;
import io.reprise.db.run.OrderRule;
import io.reprise.db.shared.Bytes;
import io.reprise.db.trigger.Subscription;
import io.reprise.db.trigger.TriggerRuns;
import io.reprise.db.trigger.Triggers;
import io.reprise.workflows.run.StepMode;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads records of dead letters again, by the same mapping as their triggers do now. */
public final class TriggerIntake implements Redrive.RecordIntake {

    private final Triggers triggers;
    private final CurrentPipelines pipelines;
    private final StepMode orders;
    private final InstantSource clock;

    public TriggerIntake(Triggers triggers, CurrentPipelines pipelines, StepMode orders, InstantSource clock) {
        this.triggers = triggers;
        this.pipelines = pipelines;
        this.orders = orders;
        this.clock = clock;
    }

    /** Schemas are asked for by workers, and what is no trigger's record only its own worker reads. */
    @Override
    public boolean isReadHere(DeadLetter letter) {
        return triggers.byName(letter.trigger())
                .flatMap(Subscription::definition)
                .map(TriggerDefinition::fromJson)
                .filter(trigger -> trigger.contract().isEmpty())
                .isPresent();
    }

    /** The run that the letter's record asks for, alone whatever it was batched with. */
    @Override
    public NewRun read(DeadLetter letter) {
        TriggerDefinition trigger = definition(letter.trigger());
        RecordMapping mapping = mapping(trigger);
        SourceRecord record = letter.record();
        RecordPlace place = new RecordPlace(
                record.topic(), record.topicId(), record.partition(), record.offset(), record.timestamp());
        return switch (mapping.read(place, bytes(record.key()), bytes(record.value()), null)) {
            case RecordReading.Asks asks -> run(trigger, mapping, asks, place);
            case RecordReading.Filtered _ ->
                throw Refused.because(
                        ProblemType.INVALID, "found a record that trigger '" + letter.trigger() + "' filters out now");
            case RecordReading.NotYet notYet -> throw Refused.because(ProblemType.NOT_POSSIBLE, notYet.words());
            case RecordReading.Refused why -> throw refused(why);
        };
    }

    private TriggerDefinition definition(String name) {
        return triggers.byName(name)
                .flatMap(Subscription::definition)
                .map(TriggerDefinition::fromJson)
                .orElseThrow(() -> Refused.because(
                        ProblemType.NOT_POSSIBLE,
                        "found no definition of trigger '" + name
                                + "' (expected: one that a worker serves, or served)"));
    }

    private RecordMapping mapping(TriggerDefinition trigger) {
        Optional<RecordMapping.Current> pipeline = trigger.pipeline()
                .map(pipelines::required)
                .map(it -> new RecordMapping.Current(it.hash(), it.definition()));
        return RecordMapping.of(trigger, pipeline, orders, clock);
    }

    private static NewRun run(
            TriggerDefinition trigger, RecordMapping mapping, RecordReading.Asks asks, RecordPlace place) {
        TriggerRuns runs = new TriggerRuns(
                trigger.name().value(), OrderRule.of(trigger.order().word()));
        return switch (mapping.run(asks, RecordSpan.of(place))) {
            case RecordMapping.Made.Run(var run) -> runs.of(run, asks.key());
            case RecordMapping.Made.Refused(var why) -> throw refused(why);
        };
    }

    private static Refused refused(RecordReading.Refused why) {
        ProblemType type =
                why.code().equals(RecordReading.Refused.MALFORMED) ? ProblemType.MALFORMED : ProblemType.INVALID;
        return Refused.because(type, why.message(), why.errors());
    }

    private static byte @Nullable [] bytes(Optional<Bytes> found) {
        return found.map(Bytes::toArray).orElse(null);
    }
}
