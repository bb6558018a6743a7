package io.reprise.api;

import io.micronaut.context.annotation.Factory;
import io.reprise.api.access.Decisions;
import io.reprise.api.deadletter.Redrive;
import io.reprise.api.order.OrderIntake;
import io.reprise.api.pipeline.CurrentPipelines;
import io.reprise.api.run.AcceptanceGuard;
import io.reprise.api.run.Cancellation;
import io.reprise.api.run.KeptLog;
import io.reprise.api.run.PromptStart;
import io.reprise.api.run.Readiness;
import io.reprise.api.run.RunIntake;
import io.reprise.api.run.RunUpdates;
import io.reprise.api.run.RunVerbs;
import io.reprise.api.run.RunView;
import io.reprise.api.run.ShownRuns;
import io.reprise.api.run.StepVerbs;
import io.reprise.api.run.StuckSteps;
import io.reprise.api.run.TemporalPages;
import io.reprise.api.run.UndoStart;
import io.reprise.api.shared.Outages;
import io.reprise.api.trigger.TriggerDrift;
import io.reprise.api.trigger.TriggerIntake;
import io.reprise.api.trigger.TriggerResets;
import io.reprise.catalog.pipeline.AwaitedRecord;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.db.Ledger;
import io.reprise.db.deadletter.DeadLetters;
import io.reprise.db.run.AuditReports;
import io.reprise.db.run.LedgerMark;
import io.reprise.db.run.Run;
import io.reprise.db.run.RunMeters;
import io.reprise.db.run.Runs;
import io.reprise.db.stream.Streams;
import io.reprise.db.trigger.TriggerLogs;
import io.reprise.db.trigger.Triggers;
import io.reprise.workflows.order.OrderSaga;
import io.reprise.workflows.pipeline.PipelineInput;
import io.reprise.workflows.pipeline.PipelineSaga;
import io.reprise.workflows.pipeline.PipelineWorkflow;
import io.reprise.workflows.saga.Saga;
import io.reprise.workflows.saga.Sagas;
import io.temporal.client.WorkflowClient;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** What the resources are made of: one part, one method. */
@Factory
final class Parts {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private static final Sagas SAGAS = Sagas.of(OrderSaga.PLACE);

    private final ApiSettings settings;
    private final Ledger ledger;
    private final WorkflowClient temporal;

    Parts(ApiSettings settings, Ledger ledger, WorkflowClient temporal) {
        this.settings = settings;
        this.ledger = ledger;
        this.temporal = temporal;
    }

    @Singleton
    Runs runs() {
        return ledger.runs();
    }

    @Singleton
    Triggers triggers() {
        return ledger.triggers();
    }

    @Singleton
    TriggerResets triggerResets() {
        return new TriggerResets(
                ledger.triggers(), ledger.triggerPlaces(), () -> LockSupport.parkNanos(BETWEEN_LOOKS.toNanos()));
    }

    @Singleton
    TriggerDrift triggerDrift() {
        return new TriggerDrift(ledger.triggers(), ledger.triggerPlaces(), ledger.triggerInbox());
    }

    @Singleton
    Streams streams() {
        return ledger.streams();
    }

    @Singleton
    TriggerLogs triggerLogs() {
        return ledger.triggerLogs();
    }

    @Singleton
    DeadLetters deadLetters() {
        return ledger.deadLetters();
    }

    @Singleton
    AuditReports auditReports() {
        return ledger.auditReports();
    }

    @Singleton
    LedgerMark ledgerMark() {
        return ledger.mark();
    }

    @Singleton
    Decisions decisions() {
        return new Decisions(ledger.operatorAudit());
    }

    @Singleton
    RunMeters runMeters() {
        return new RunMeters(ledger.recentRunCounts());
    }

    @Singleton
    Readiness readiness() {
        return new Readiness(ledger, temporal);
    }

    @Singleton
    ShownRuns shownRuns() {
        return new ShownRuns(
                ledger.runs(),
                this::declared,
                this::madeFrom,
                this::questions,
                this::waits,
                new TemporalPages(settings.temporalUi(), settings.temporal().namespace()));
    }

    private Optional<Saga<?>> declared(Run run) {
        return run.workflowType().equals(PipelineWorkflow.TYPE)
                ? ledger.runs()
                        .input(run.ref())
                        .map(input -> PipelineSaga.of(PipelineInput.read(input).plan()))
                : SAGAS.named(run.workflowType());
    }

    private Optional<RunView.MadeFrom> madeFrom(String hash) {
        return ledger.definitions()
                .byHash(hash)
                .map(it -> new RunView.MadeFrom(it.hash(), it.createdAt(), "/api/v1/catalog/definitions/" + it.hash()));
    }

    private Map<String, String> questions(String hash) {
        return ledger.definitions()
                .byHash(hash)
                .map(definition ->
                        PipelineDefinition.fromJson(definition.text()).questions())
                .orElse(Map.of());
    }

    private List<RunView.Wait> waits(Run run) {
        return ledger.sensors().openOf(run.ref().runId()).stream()
                .map(sensor -> new RunView.Wait(
                        sensor.stepId(),
                        AwaitedRecord.fromJson(sensor.wanted()).words(),
                        sensor.since(),
                        sensor.note(),
                        sensor.unreadable()))
                .toList();
    }

    @Singleton
    KeptLog keptLog() {
        return new KeptLog(ledger.runLogs(), ledger.runStatements(), ledger.runChecks());
    }

    @Singleton
    PromptStart promptStart() {
        return new PromptStart(
                temporal, ledger.startQueue(), "api-" + ProcessHandle.current().pid());
    }

    @Singleton
    RunUpdates runUpdates() {
        return new RunUpdates(temporal);
    }

    @Singleton
    RunIntake runIntake(AcceptanceGuard guard, PromptStart start) {
        return new RunIntake(guard, ledger.acceptance(), ledger.runs(), start);
    }

    @Singleton
    RunVerbs runVerbs(PromptStart start, RunUpdates updates) {
        return new RunVerbs(
                ledger.runs(),
                ledger.generations(),
                ledger.outcomes(),
                start,
                new Cancellation(
                        ledger.runs(),
                        ledger.startQueue(),
                        updates,
                        () -> LockSupport.parkNanos(BETWEEN_LOOKS.toNanos())),
                new UndoStart(temporal));
    }

    @Singleton
    StepVerbs stepVerbs(ShownRuns shown, RunUpdates updates, Outages outages) {
        return new StepVerbs(shown, updates, outages);
    }

    @Singleton
    StuckSteps stuckSteps() {
        return new StuckSteps(ledger.runs());
    }

    @Singleton
    OrderIntake orderIntake() {
        return new OrderIntake(settings.stepMode());
    }

    @Singleton
    TriggerIntake triggerIntake(Triggers triggers, CurrentPipelines pipelines) {
        return new TriggerIntake(triggers, pipelines, settings.stepMode(), Clock.systemUTC());
    }

    @Singleton
    Redrive redrive(TriggerIntake records, Decisions decisions) {
        return new Redrive(ledger.deadLetters(), records, decisions);
    }
}
