package io.reprise.activities.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.activities.shared.TestPostgres;
import io.reprise.activities.shared.TestTemporal;
import io.reprise.catalog.pipeline.AwaitedRecord;
import io.reprise.catalog.pipeline.ChildStep;
import io.reprise.catalog.pipeline.HookAction;
import io.reprise.catalog.pipeline.Hooks;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.pipeline.PipelineRequest;
import io.reprise.catalog.pipeline.Since;
import io.reprise.catalog.pipeline.WaitFor;
import io.reprise.catalog.shared.Json;
import io.reprise.catalog.shared.JsonText;
import io.reprise.catalog.shared.MalformedJson;
import io.reprise.catalog.shared.RecordFilter;
import io.reprise.catalog.shared.RecordPath;
import io.reprise.db.Ledger;
import io.reprise.db.pipeline.NewCatalog;
import io.reprise.db.pipeline.NewDefinition;
import io.reprise.db.pipeline.PipelineRuns;
import io.reprise.db.run.Accepted;
import io.reprise.db.run.LogLine;
import io.reprise.db.run.NewRun;
import io.reprise.db.run.Run;
import io.reprise.db.run.RunRef;
import io.reprise.db.run.RunStep;
import io.reprise.db.sensor.SensorId;
import io.reprise.db.sensor.ShownSensor;
import io.reprise.db.shared.LedgerMigrations;
import io.reprise.db.shared.PageRequest;
import io.reprise.workflows.pipeline.ChildRun;
import io.reprise.workflows.pipeline.CommandSteps;
import io.reprise.workflows.pipeline.HookCall;
import io.reprise.workflows.pipeline.HookPoint;
import io.reprise.workflows.pipeline.HookPoint.Occasion;
import io.reprise.workflows.pipeline.PipelineStep;
import io.reprise.workflows.pipeline.PipelineSteps;
import io.reprise.workflows.pipeline.RecordWaitSteps;
import io.reprise.workflows.pipeline.SlotValue;
import io.reprise.workflows.pipeline.StepResult;
import io.reprise.workflows.pipeline.WaitSteps;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunOutcome;
import io.reprise.workflows.saga.StepCall;
import io.reprise.workflows.saga.UndoCall;
import io.reprise.workflows.saga.Undone;
import io.temporal.activity.ActivityOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestWorkflowEnvironment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What steps of pipelines do outside of databases, against a real ledger and a real operating system. */
@Tag("slow")
class PipelineStepsTest {

    private static final SlotValue DAY = Pipelines.DAYS.at(Instant.parse("2026-11-19T10:00:00Z"));
    private static final Map<String, String> ENVIRONMENT =
            Map.of("PATH", System.getenv("PATH"), "HOME", "/home/worker", "REPRISE_DB_PASSWORD", "secret");

    @TempDir
    private Path folder = Path.of("");

    private HikariDataSource pool = new HikariDataSource();
    private Ledger ledger = Ledger.over(pool, Clock.systemUTC());
    private final TestWorkflowEnvironment temporal = TestTemporal.newEnvironment();
    private final TestActivityEnvironment activities = TestActivityEnvironment.newInstance();

    @BeforeEach
    void open() {
        pool = TestPostgres.ledgerPool(TestPostgres.newDatabase(), 4);
        LedgerMigrations.migrate(pool);
        ledger = Ledger.over(pool, Clock.systemUTC());
        activities.registerActivitiesImplementations(PipelineParts.on(
                        ledger,
                        temporal.getWorkflowClient(),
                        Pipelines::plan,
                        "worker-1",
                        Clock.systemUTC(),
                        ENVIRONMENT)
                .toArray());
    }

    @AfterEach
    void close() {
        activities.close();
        temporal.close();
        pool.close();
    }

    @Test
    void aCommandReadsValuesFromItsEnvironmentAndWritesToTheLog() throws Exception {
        String script = "echo $SLOT $PRODUCTS $HOME \"[$REPRISE_DB_PASSWORD]\"; echo careful >&2; echo $STEP_KEY";
        PipelineDefinition pipeline = apply(Pipelines.daily(
                "report", Pipelines.shell("print", script, Map.of("PRODUCTS", ":count.rows"), Optional.empty())));
        RunRef run = accept(pipeline);

        StepResult result = commands().run(call(run, "print"), step(pipeline, "print", Map.of("count.rows", 7)));

        assertThat(result.outputs()).isEqualTo(Map.of("said", "pipeline/report/2026-11-19:print"));
        assertThat(log(run))
                .containsExactlyInAnyOrder(
                        "2026-11-19 7 /home/worker []", "careful", "pipeline/report/2026-11-19:print");
        RunStep shown = ledger.runs().steps(run).getFirst();
        assertThat(shown.forward()).isEqualTo(Forward.SUCCEEDED);
        assertThat(shown.outputs().orElseThrow()).contains("2026-11-19:print");
    }

    @Test
    void aCommandThatTheLedgerKnowsAsDoneIsNotRunAgain() throws Exception {
        PipelineDefinition pipeline =
                apply(Pipelines.daily("report", Pipelines.shell("print", "echo page-7", Map.of(), Optional.empty())));
        RunRef run = accept(pipeline);
        StepResult first = commands().run(call(run, "print"), step(pipeline, "print", Map.of()));

        StepResult again = commands().run(call(run, "print"), step(pipeline, "print", Map.of()));

        assertThat(again).isEqualTo(first);
        assertThat(log(run)).containsExactly("page-7");
    }

    @Test
    void aCommandThatEndsBadlyFailsWithWhatItComplainedOf() {
        PipelineDefinition pipeline = apply(Pipelines.daily(
                "report", Pipelines.shell("print", "echo no paper >&2; exit 3", Map.of(), Optional.empty())));
        RunRef run = accept(pipeline);

        assertThatThrownBy(() -> commands().run(call(run, "print"), step(pipeline, "print", Map.of())))
                .isInstanceOf(ActivityFailure.class)
                .cause()
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo("command-failed");
                    assertThat(failure.getOriginalMessage())
                            .isEqualTo("command 'sh' ended with 3: no paper (expected: it ends with 0)");
                });
        assertThat(ledger.runs().steps(run).getFirst().error().orElseThrow()).contains("no paper");
    }

    @Test
    void aCancelledCommandIsEndedWithAllThatItStarted() throws Exception {
        Path pids = folder.resolve("pids");
        String script =
                "sleep 600 & echo $! >> " + pids + "; (setsid -f true; sleep 600) & echo $! >> " + pids + "; wait";
        PipelineDefinition pipeline =
                apply(Pipelines.daily("report", Pipelines.shell("print", script, Map.of(), Optional.empty())));
        RunRef run = accept(pipeline);

        CompletableFuture<StepResult> running = CompletableFuture.supplyAsync(
                () -> commands().run(call(run, "print"), step(pipeline, "print", Map.of())));
        Awaitility.await()
                .until(() -> Files.exists(pids) && Files.readAllLines(pids).size() == 2);
        activities.requestCancelActivity();

        assertThatThrownBy(running::join).hasRootCauseInstanceOf(Exception.class);
        for (String pid : Files.readAllLines(pids)) {
            Awaitility.await()
                    .until(() -> ProcessHandle.of(Long.parseLong(pid))
                            .filter(ProcessHandle::isAlive)
                            .isEmpty());
        }
    }

    @Test
    void theUndoOfACommandRunsWhereTheCommandBegan() throws Exception {
        PipelineDefinition pipeline = apply(Pipelines.daily(
                "report",
                Pipelines.shell("print", "echo page-7", Map.of(), Optional.of("echo burns it")),
                Pipelines.shell("undone", "true", Map.of(), Optional.of("echo never"))));
        RunRef run = accept(pipeline);
        commands().run(call(run, "print"), step(pipeline, "print", Map.of()));

        Undone undone = commands().undo(undo(run, "print"));
        Undone never = commands().undo(undo(run, "undone"));

        assertThat(undone).isEqualTo(Undone.COMPENSATED);
        assertThat(never).as("the undo of a step that never began").isEqualTo(Undone.FENCED);
        assertThat(log(run)).containsExactly("page-7", "burns it");
        assertThat(ledger.runs().steps(run).getFirst().compensation()).isEqualTo(Compensation.DONE);
    }

    @Test
    void aWaitForAFileLooksUntilOneIsThereLargeEnoughAndStill() throws Exception {
        PipelineDefinition pipeline = apply(Pipelines.daily(
                "load", Pipelines.wait("there", new WaitFor.File(folder + "/{slot}-*.csv", 3, Duration.ofHours(1)))));
        RunRef run = accept(pipeline);
        PipelineStep step = step(pipeline, "there", Map.of());

        assertNotYet(run, step, "found no file " + folder + "/2026-11-19-*.csv");
        Path file = folder.resolve("2026-11-19-a.csv");
        Files.writeString(file, "a");
        assertNotYet(run, step, "has 1 bytes (expected: at least 3)");
        Files.writeString(file, "a,b");
        assertNotYet(run, step, "(expected: still for PT1H)");
        Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.from(Instant.parse("2026-11-19T00:00:00Z")));

        assertThat(waits().look(call(run, "there"), step)).isEqualTo(StepResult.nothing());
    }

    @Test
    void aWaitForARunLooksUntilItHasSucceeded() {
        PipelineDefinition load = Pipelines.daily("load", Pipelines.shell("a", "true", Map.of(), Optional.empty()));
        PipelineDefinition report =
                Pipelines.daily("report", Pipelines.wait("loaded", new WaitFor.Run("load", Map.of())));
        apply(load, report);
        RunRef run = accept(report);
        PipelineStep step = step(report, "loaded", Map.of());

        assertNotYet(run, step, "there is no run pipeline/load/2026-11-19");
        RunRef awaited = accept(load);
        assertNotYet(run, step, "pipeline/load/2026-11-19 is QUEUED");
        end(awaited, Forward.SUCCEEDED);

        assertThat(waits().look(call(run, "loaded"), step)).isEqualTo(StepResult.nothing());
    }

    @Test
    void aWaitForARecordIsWrittenDownOnceAndAnswersWhatWasFound() {
        AwaitedRecord wanted = new AwaitedRecord(
                "shop.days",
                Optional.of("{slot}"),
                List.of(new RecordFilter(
                        RecordPath.of("$.day"), List.of("{slot_day}"), Optional.empty(), Optional.empty())),
                Optional.empty(),
                Map.of("rows", RecordPath.of("$.rows")));
        PipelineDefinition pipeline =
                apply(Pipelines.daily("load", Pipelines.wait("closed", new WaitFor.Topic(wanted, new Since.Slot()))));
        RunRef run = accept(pipeline);
        PipelineStep step = step(pipeline, "closed", Map.of());

        assertThat(records().lookForRecord(call(run, "closed"), step)).isNull();
        assertThat(records().lookForRecord(call(run, "closed"), step)).isNull();

        ShownSensor shown = ledger.sensors().openOf(run.runId()).getFirst();
        assertThat(AwaitedRecord.fromJson(shown.wanted()).words())
                .isEqualTo("a record of shop.days with the key 2026-11-19 in which $.day is 2026-11-19");
        assertThat(shown.since()).isEqualTo(DAY.start());
        answer(run, "closed", "{\"rows\": 7, \"share\": 0.5}", wanted);
        StepResult found = records().lookForRecord(call(run, "closed"), step);
        assertThat(found).isEqualTo(StepResult.of("closed", Map.of("rows", 7)));
        assertThat(records().forgetRecord(call(run, "closed"), step)).isEqualTo(found);
        assertThat(ledger.runs().steps(run).getFirst().outputs().orElseThrow()).isEqualTo("{\"rows\":7}");
    }

    @Test
    void aRecordWhoseValuesCannotBeHandedOnFailsTheStepInWords() {
        AwaitedRecord wanted = new AwaitedRecord(
                "shop.days", Optional.empty(), List.of(), Optional.empty(), Map.of("rows", RecordPath.of("$.rows")));
        PipelineDefinition pipeline =
                apply(Pipelines.daily("load", Pipelines.wait("closed", new WaitFor.Topic(wanted, new Since.Run()))));
        RunRef run = accept(pipeline);
        PipelineStep step = step(pipeline, "closed", Map.of());
        records().lookForRecord(call(run, "closed"), step);

        answer(run, "closed", "{\"rows\": [7]}", wanted);

        assertFails(
                () -> records().lookForRecord(call(run, "closed"), step),
                "capture-unusable",
                "cannot take 'rows' from offset 3 of partition 0: it has an array at $.rows (expected: a number,");
    }

    @Test
    void aWaitForARecordThatIsGivenUpIsForgotten() {
        AwaitedRecord wanted = new AwaitedRecord("shop.days", Optional.empty(), List.of(), Optional.empty(), Map.of());
        PipelineDefinition pipeline =
                apply(Pipelines.daily("load", Pipelines.wait("closed", new WaitFor.Topic(wanted, new Since.Run()))));
        RunRef run = accept(pipeline);
        PipelineStep step = step(pipeline, "closed", Map.of());
        records().lookForRecord(call(run, "closed"), step);

        assertThat(records().forgetRecord(call(run, "closed"), step)).isNull();
        assertThat(ledger.sensorReading().topics()).isEmpty();
    }

    private void answer(RunRef run, String step, String value, AwaitedRecord wanted) {
        try {
            Json json = JsonText.read(value.getBytes(StandardCharsets.UTF_8));
            assertThat(ledger.sensorReading()
                            .answer(
                                    new SensorId(run.runId(), step),
                                    wanted.take("topic-id", 0, 3, json).json()))
                    .isTrue();
        } catch (MalformedJson impossible) {
            throw new IllegalArgumentException(value, impossible);
        }
    }

    @Test
    void aChildIsAcceptedOnceAndLookedAtUntilItsEnd() {
        PipelineDefinition load = Pipelines.daily("load", Pipelines.shell("a", "true", Map.of(), Optional.empty()));
        PipelineDefinition report =
                Pipelines.daily("report", new ChildStep(Pipelines.head("child", Map.of()), "load", true, Map.of()));
        apply(load, report);
        RunRef run = accept(report);
        PipelineStep step = step(report, "child", Map.of());

        ChildRun child = pipelines().child(call(run, "child"), step);

        assertThat(child.own()).isTrue();
        assertThat(child.workflowId().value()).isEqualTo("pipeline/load/2026-11-19");
        assertThat(pipelines().child(call(run, "child"), step)).isEqualTo(child);
        assertFails(() -> pipelines().childEnded(call(run, "child"), child), "not-yet", "is QUEUED");
        RunRef accepted = new RunRef(child.runId(), run.startedOn(), child.workflowId());
        end(accepted, Forward.FAILED);
        assertFails(() -> pipelines().childEnded(call(run, "child"), child), "child-failed", "is FAILED");
        assertThat(pipelines().child(call(run, "child"), step))
                .as("its own failure is not repeated")
                .isEqualTo(child);
    }

    @Test
    void aRunThatStandsThereIsWaitedForAndAFailedOneIsRepeated() {
        PipelineDefinition load = Pipelines.daily("load", Pipelines.shell("a", "true", Map.of(), Optional.empty()));
        PipelineDefinition report =
                Pipelines.daily("report", new ChildStep(Pipelines.head("child", Map.of()), "load", true, Map.of()));
        apply(load, report);
        RunRef standing = accept(load);
        RunRef run = accept(report);
        PipelineStep step = step(report, "child", Map.of());

        ChildRun waitedFor = pipelines().child(call(run, "child"), step);
        end(standing, Forward.FAILED);
        ChildRun repeated = pipelines().child(call(run, "child"), step);

        assertThat(waitedFor.runId()).isEqualTo(standing.runId());
        assertThat(waitedFor.own()).isFalse();
        assertThat(repeated.workflowId().value()).isEqualTo("pipeline/load/2026-11-19~2");
        assertThat(repeated.own()).isTrue();
    }

    @Test
    void aChildThatNobodyStartedIsCancelledAtOnce() {
        PipelineDefinition clean =
                Pipelines.timeless("clean", Pipelines.shell("a", "true", Map.of(), Optional.empty()));
        PipelineDefinition report =
                Pipelines.daily("report", new ChildStep(Pipelines.head("child", Map.of()), "clean", false, Map.of()));
        apply(clean, report);
        RunRef run = accept(report);

        ChildRun child = pipelines().child(call(run, "child"), step(report, "child", Map.of()));
        pipelines().cancelChild(call(run, "child"), child, "not wanted");

        assertThat(child.workflowId().value()).isEqualTo("pipeline/clean/in-" + run.runId() + "-child");
        Run cancelled = ledger.runs().byId(child.runId()).orElseThrow();
        assertThat(cancelled.forward()).isEqualTo(Forward.CANCELLED);
    }

    @Test
    void hooksWriteToTheLogAndRunCommands() throws Exception {
        Hooks hooks = new Hooks(
                List.of(),
                List.of(
                        new HookAction.Log("the report failed"),
                        new HookAction.Notify("ops"),
                        new HookAction.Command(List.of("sh", "-c", "echo $OCCASION of $RUN: $REASON"))),
                List.of(),
                List.of(),
                Optional.empty());
        PipelineDefinition pipeline = apply(Pipelines.definition(
                "report",
                Optional.of(Pipelines.DAYS),
                hooks,
                Pipelines.shell("a", "true", Map.of(), Optional.empty())));
        RunRef run = accept(pipeline);
        RunOutcome outcome = outcome(run, Forward.FAILED);

        pipelines().hook(new HookCall("1", HookPoint.ofRun(Occasion.FAILURE), pipeline.hash(), DAY, Map.of(), outcome));

        assertThat(log(run))
                .containsExactly(
                        "the report failed",
                        "tells ops: pipeline/report/2026-11-19 is FAILED, undo NONE, because what",
                        "failure of pipeline/report/2026-11-19: why");
    }

    private PipelineDefinition apply(PipelineDefinition... pipelines) {
        List<NewDefinition> definitions = Arrays.stream(pipelines)
                .map(it -> new NewDefinition("pipeline", it.name().value(), it.json()))
                .toList();
        ledger.definitions().apply(new NewCatalog(definitions, List.of()), "test", OptionalLong.empty());
        return pipelines[0];
    }

    private RunRef accept(PipelineDefinition pipeline) {
        try {
            PipelineRequest request = PipelineRequest.ofSlot(pipeline, DAY, Map.of());
            NewRun run = PipelineRuns.newRun(
                    request.workflowId(), request.input(pipeline.hash(), Pipelines.plan(pipeline)), "http", 4, false);
            return ((Accepted.New) ledger.acceptance().accept(run)).run();
        } catch (io.reprise.catalog.pipeline.BadParameters impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    private void end(RunRef run, Forward forward) {
        ledger.outcomes().settle(outcome(run, forward));
    }

    private static RunOutcome outcome(RunRef run, Forward forward) {
        return new RunOutcome(
                run.runId(),
                run.startedOn(),
                run.workflowId(),
                1,
                forward,
                Compensation.NONE,
                "why",
                "what",
                List.of());
    }

    private List<String> log(RunRef run) {
        return ledger.runLogs().page(run.runId(), PageRequest.first(100)).items().stream()
                .map(LogLine::message)
                .toList();
    }

    private static StepCall call(RunRef run, String step) {
        return new StepCall(run.workflowId().step(step), run.runId(), run.startedOn(), 1, false);
    }

    private static UndoCall undo(RunRef run, String step) {
        return new UndoCall(run.workflowId().step(step), run.runId(), run.startedOn(), 1, Forward.FAILED, "why");
    }

    private static PipelineStep step(PipelineDefinition pipeline, String step, Map<String, Object> outputs) {
        return new PipelineStep(pipeline.hash(), step, DAY, Map.of(), Map.copyOf(outputs));
    }

    private void assertNotYet(RunRef run, PipelineStep step, String found) {
        assertFails(() -> waits().look(call(run, step.step()), step), "not-yet", found);
    }

    private static void assertFails(Runnable act, String type, String found) {
        assertThatThrownBy(act::run)
                .isInstanceOf(ActivityFailure.class)
                .cause()
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo(type);
                    assertThat(failure.getOriginalMessage()).contains(found);
                });
    }

    private CommandSteps commands() {
        return activities.newActivityStub(CommandSteps.class, options());
    }

    private WaitSteps waits() {
        return activities.newActivityStub(WaitSteps.class, options());
    }

    private RecordWaitSteps records() {
        return activities.newActivityStub(RecordWaitSteps.class, options());
    }

    private PipelineSteps pipelines() {
        return activities.newActivityStub(PipelineSteps.class, options());
    }

    private static ActivityOptions options() {
        return ActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofSeconds(30))
                .setHeartbeatTimeout(Duration.ofSeconds(10))
                .setRetryOptions(io.temporal.common.RetryOptions.newBuilder()
                        .setMaximumAttempts(1)
                        .build())
                .build();
    }
}
