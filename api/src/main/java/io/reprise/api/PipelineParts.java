package io.reprise.api;

import io.micronaut.context.annotation.Factory;
import io.reprise.api.backfill.BackfillPlanner;
import io.reprise.api.backfill.BackfillVerbs;
import io.reprise.api.backfill.BackfillWishes;
import io.reprise.api.backfill.ShownBackfills;
import io.reprise.api.connection.LedgerProbes;
import io.reprise.api.connection.Preparation;
import io.reprise.api.pipeline.CatalogUpload;
import io.reprise.api.pipeline.CurrentPipelines;
import io.reprise.api.pipeline.CurrentRenewals;
import io.reprise.api.pipeline.PipelineIntake;
import io.reprise.api.pipeline.StepTrials;
import io.reprise.api.run.Renewals;
import io.reprise.api.run.RunIntake;
import io.reprise.api.schedule.ShownSchedules;
import io.reprise.api.schedule.SlotTrigger;
import io.reprise.api.stream.StreamQuestions;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.db.Ledger;
import io.reprise.db.backfill.BackfillSlots;
import io.reprise.db.backfill.Backfills;
import io.reprise.db.connection.ConnectionLeases;
import io.reprise.db.connection.ConnectionProbes;
import io.reprise.db.pipeline.Definitions;
import io.reprise.db.schedule.Schedules;
import io.reprise.workflows.stream.StreamStart;
import io.temporal.client.WorkflowClient;
import jakarta.inject.Singleton;
import java.time.Clock;

/** What the resources of pipelines, schedules and backfills are made of: one part, one method. */
@Factory
final class PipelineParts {

    private final Ledger ledger;
    private final WorkflowClient temporal;

    PipelineParts(Ledger ledger, WorkflowClient temporal) {
        this.ledger = ledger;
        this.temporal = temporal;
    }

    @Singleton
    Schedules schedules() {
        return ledger.schedules();
    }

    @Singleton
    Backfills backfills() {
        return ledger.backfills();
    }

    @Singleton
    BackfillSlots backfillSlots() {
        return ledger.backfillSlots();
    }

    @Singleton
    CurrentPipelines currentPipelines() {
        return new CurrentPipelines(ledger.definitions());
    }

    @Singleton
    Renewals renewals(CurrentPipelines pipelines) {
        return new CurrentRenewals(ledger.runs(), pipelines, Clock.systemUTC());
    }

    @Singleton
    ShownSchedules shownSchedules(CurrentPipelines pipelines) {
        return new ShownSchedules(
                ledger.schedules(), pipelines, ledger.runs(), ledger.overdueSlots(), Clock.systemUTC());
    }

    @Singleton
    SlotTrigger slotTrigger(CurrentPipelines pipelines, RunIntake intake) {
        return new SlotTrigger(
                pipelines, ledger.schedules(), ledger.runs(), intake, PipelineDefinition::plan, Clock.systemUTC());
    }

    @Singleton
    BackfillWishes backfillWishes(CurrentPipelines pipelines) {
        return new BackfillWishes(pipelines, Clock.systemUTC());
    }

    @Singleton
    BackfillPlanner backfillPlanner(CurrentPipelines pipelines) {
        return new BackfillPlanner(ledger.runs(), pipelines);
    }

    @Singleton
    BackfillVerbs backfillVerbs() {
        return new BackfillVerbs(ledger.backfills(), ledger.backfillSlots(), temporal);
    }

    @Singleton
    ShownBackfills shownBackfills(CurrentPipelines pipelines) {
        return new ShownBackfills(ledger.backfills(), ledger.backfillSlots(), pipelines);
    }

    @Singleton
    Definitions definitions() {
        return ledger.definitions();
    }

    @Singleton
    ConnectionProbes connectionProbes() {
        return ledger.connectionProbes();
    }

    @Singleton
    ConnectionLeases connectionLeases() {
        return ledger.connectionLeases();
    }

    @Singleton
    Preparation preparation() {
        return new Preparation(temporal);
    }

    @Singleton
    StreamQuestions streamQuestions() {
        return new StreamQuestions(ledger.definitions(), new StreamStart(temporal));
    }

    @Singleton
    StepTrials stepTrials(CurrentPipelines pipelines, PipelineIntake intake) {
        return new StepTrials(pipelines, intake, ledger.runs(), temporal);
    }

    @Singleton
    CatalogUpload catalogUpload() {
        return new CatalogUpload(ledger.schedules(), new LedgerProbes(ledger.connectionProbes()), Clock.systemUTC());
    }

    @Singleton
    PipelineIntake pipelineIntake(CurrentPipelines pipelines) {
        return new PipelineIntake(pipelines, PipelineDefinition::plan, Clock.systemUTC());
    }
}
