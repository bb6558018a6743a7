package io.reprise.activities.pipeline;

import io.reprise.catalog.pipeline.AwaitedRecord;
import io.reprise.catalog.pipeline.FoundRecord;
import io.reprise.catalog.pipeline.WaitFor;
import io.reprise.catalog.pipeline.WaitStep;
import io.reprise.db.Ledger;
import io.reprise.db.run.Run;
import io.reprise.db.run.RunRef;
import io.reprise.db.sensor.NewSensor;
import io.reprise.db.sensor.SensorId;
import io.reprise.workflows.pipeline.PipelineStep;
import io.reprise.workflows.pipeline.RecordWaitSteps;
import io.reprise.workflows.pipeline.SlotValue;
import io.reprise.workflows.pipeline.StepResult;
import io.reprise.workflows.saga.Refusal;
import io.reprise.workflows.saga.StepCall;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes down for which records runs wait, and takes from the ledger what was found. Whoever reads the topics does the rest. */
final class RecordWaits implements RecordWaitSteps {

    private static final String UNUSABLE = "capture-unusable";

    private final KnownDefinitions definitions;
    private final Ledger ledger;
    private final UnfencedLedger facts;
    private final Clock clock;

    RecordWaits(KnownDefinitions definitions, Ledger ledger, String worker, Clock clock) {
        this.definitions = definitions;
        this.ledger = ledger;
        this.facts = new UnfencedLedger(ledger, worker, clock);
        this.clock = clock;
    }

    @Override
    public @Nullable StepResult lookForRecord(StepCall call, PipelineStep step) {
        WaitStep wait = definitions.step(step.definition(), step.step(), WaitStep.class);
        if (!(wait.what() instanceof WaitFor.Topic topic)) {
            throw Refusal.because(
                    "step-unknown",
                    "cannot watch for the record of '" + step.step() + "' (expected: a wait for a topic)");
        }
        StepValues values = StepValues.of(call.runId(), call.key(), step, wait.head());
        AwaitedRecord wanted = topic.record().filled(values::filled);
        NewSensor sensor = new NewSensor(
                new RunRef(call.runId(), call.startedOn(), call.key().workflowId()),
                step.step(),
                wanted.topic(),
                wanted.json(),
                since(topic, call, step),
                clock.instant().plus(wait.within()));
        return told(call, ledger.sensors().watch(sensor));
    }

    private Instant since(WaitFor.Topic topic, StepCall call, PipelineStep step) {
        Instant accepted = ledger.runs()
                .byId(call.runId())
                .map(Run::acceptedAt)
                .orElseThrow(() -> new IllegalStateException("cannot tell when run " + call.runId()
                        + " was accepted: the ledger does not have it (expected: every run that goes on)"));
        return topic.since()
                .instant(accepted, Optional.ofNullable(step.slot()).map(SlotValue::start))
                .orElseThrow(() -> Refusal.because(
                        "wait-refused", "cannot look since the slot's start: the run stands for no slot"));
    }

    @Override
    public @Nullable StepResult forgetRecord(StepCall call, PipelineStep step) {
        return told(call, ledger.sensors().end(new SensorId(call.runId(), step.step())));
    }

    private @Nullable StepResult told(StepCall call, Optional<String> answer) {
        if (answer.isEmpty()) {
            return null;
        }
        FoundRecord found = FoundRecord.fromJson(answer.get());
        if (found.unusable().isPresent()) {
            throw Refusal.because(UNUSABLE, found.unusable().get());
        }
        StepResult result = StepResult.of(call.key().stepId(), found.outputs());
        facts.succeeded(call, result, clock.instant());
        return result;
    }
}
