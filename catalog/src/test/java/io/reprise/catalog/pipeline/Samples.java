package io.reprise.catalog.pipeline;

import io.reprise.catalog.schedule.MissedPolicy;
import io.reprise.catalog.schedule.ScheduleDefinition;
import io.reprise.catalog.schedule.SlotCalendar;
import io.reprise.catalog.shared.RecordFilter;
import io.reprise.catalog.shared.RecordPath;
import io.reprise.workflows.pipeline.Condition;
import io.reprise.workflows.pipeline.Relation;
import io.reprise.workflows.pipeline.SlotKind;
import io.reprise.workflows.run.Name;
import io.reprise.workflows.saga.FailurePolicy;
import io.reprise.workflows.saga.Retry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A definition with one of everything. */
final class Samples {

    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Retry RETRY = new Retry(5, Duration.ofSeconds(1), 2, Duration.ofMinutes(1));
    private static final SqlSource SQL = new SqlSource("pipelines/all/a.sql", "insert into {target} select :slot_day");

    private Samples() {}

    static PipelineDefinition definition() {
        return new PipelineDefinition(
                new Name("all"),
                Optional.of("One of everything"),
                Optional.of("data"),
                Optional.of(new SlotCalendar(SlotKind.DAY, UTC)),
                Optional.of(new ScheduleDefinition(
                        "0 0 * * *",
                        UTC,
                        Optional.of(LocalDate.of(2026, 1, 1)),
                        MissedPolicy.ALL,
                        Duration.ofSeconds(30))),
                List.of(
                        new ParameterDefinition(
                                "region",
                                ParameterType.STRING,
                                Optional.empty(),
                                Optional.of("EU"),
                                List.of("EU", "US")),
                        new ParameterDefinition(
                                "share",
                                ParameterType.NUMBER,
                                Optional.empty(),
                                Optional.of(new BigDecimal("12.50")),
                                List.of())),
                List.of("region"),
                Concurrency.USUAL,
                Optional.of(new InputDefinition("warehouse", Optional.of("raw"), "events", "day", Optional.of("hash"))),
                Optional.of(new LateDefinition(Duration.ofDays(7), Duration.ofHours(1))),
                List.of(
                        new TableDefinition.Stage("stage", "warehouse", "target", Duration.ofDays(7)),
                        new TableDefinition.Target(
                                "target", "warehouse", Optional.of("mart"), "sales", Optional.of("day = :slot_day"))),
                FailurePolicy.UNDO,
                steps(),
                List.of(new SqlStep(head("clean"), "warehouse", Guarantee.FENCED, part(), Optional.empty(), false)),
                new Hooks(
                        List.of(new HookAction.Log("done")),
                        List.of(new HookAction.Notify("ops")),
                        List.of(new HookAction.Command(List.of("echo", "undone"))),
                        List.of(),
                        Optional.of(new Hooks.Late(LocalTime.of(2, 0), List.of(new HookAction.Notify("ops"))))),
                List.of(new AfterDefinition("load", Map.of("region", "EU"))));
    }

    private static List<StepDefinition> steps() {
        CheckDefinition check = new CheckDefinition.NoRows("conserved", SQL, false);
        return List.of(
                new SqlStep(head("capture"), "warehouse", Guarantee.FENCED, part(), Optional.of(SQL), true),
                new TransactionStep(
                        head("change"),
                        "warehouse",
                        Guarantee.IDEMPOTENT,
                        List.of(new TransactionItem.Change(part()), new TransactionItem.Verify(check)),
                        Optional.empty(),
                        false),
                new CheckStep(
                        head("verify"),
                        "warehouse",
                        List.of(
                                check,
                                new CheckDefinition.Unique("u", "stage", List.of("a")),
                                new CheckDefinition.NotNull("n", "stage", List.of("a")),
                                new CheckDefinition.RowCount("r", "stage", Optional.of(1), Optional.empty())),
                        false),
                new PublishStep(
                        head("apply"),
                        "warehouse",
                        "stage",
                        "target",
                        List.of("day"),
                        true,
                        List.of(new Output("inserted", OutputSource.INSERTED, Optional.empty()))),
                wait("rows", new WaitFor.Rows("warehouse", SQL, List.of())),
                wait("file", new WaitFor.File("/in/{slot}.csv", 1, Duration.ofSeconds(5))),
                wait("answer", new WaitFor.Answer("http://host/{slot}", 200, Optional.of("ok"))),
                wait("run", new WaitFor.Run("load", Map.of("region", ":region"))),
                wait("record", new WaitFor.Topic(record(), new Since.Back(Duration.ofHours(2)))),
                wait("yes", new WaitFor.Approval(Optional.of("Go on?"))),
                new CommandStep(
                        head("print").in(new Round("print", "n", 7, 4)),
                        Guarantee.AT_LEAST_ONCE,
                        List.of("echo"),
                        Optional.of(List.of("echo", "back")),
                        List.of()),
                new ChildStep(head("child"), "load", true, Map.of("region", "EU")));
    }

    private static WaitStep wait(String id, WaitFor what) {
        return new WaitStep(head(id), what, Duration.ofSeconds(30), Duration.ofDays(1), Optional.of("not-there"));
    }

    static AwaitedRecord record() {
        return new AwaitedRecord(
                "shop.days",
                Optional.of("{region}"),
                List.of(new RecordFilter(
                        RecordPath.of("$.type"), List.of("closed", 7), Optional.of(true), Optional.of("c.*"))),
                Optional.of("shop.days"),
                Map.of("rows", RecordPath.of("$.rows")));
    }

    private static SqlPart part() {
        Expectation expect = new Expectation(
                List.of(new Condition(Expectation.VALUE, Relation.AT_LEAST, 1)), Optional.of("nothing-to-do"));
        return new SqlPart(
                SQL, Optional.of(expect), List.of(new Output("rows", OutputSource.AFFECTED, Optional.empty())), false);
    }

    private static StepHead head(String id) {
        return new StepHead(
                id,
                Optional.empty(),
                List.of(),
                List.of(new Condition("region", Relation.EQUALS, "EU")),
                Map.of("limit", 5, "share", new BigDecimal("0.5"), "full", true, "rows", ":capture.rows"),
                Optional.empty(),
                RETRY,
                Duration.ofMinutes(5),
                false,
                false,
                Hooks.NONE);
    }
}
