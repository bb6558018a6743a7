package io.reprise.activities.pipeline;

import io.reprise.catalog.pipeline.CheckDefinition;
import io.reprise.catalog.pipeline.CheckStep;
import io.reprise.catalog.pipeline.Concurrency;
import io.reprise.catalog.pipeline.Expectation;
import io.reprise.catalog.pipeline.Guarantee;
import io.reprise.catalog.pipeline.Hooks;
import io.reprise.catalog.pipeline.InputDefinition;
import io.reprise.catalog.pipeline.Output;
import io.reprise.catalog.pipeline.OutputSource;
import io.reprise.catalog.pipeline.ParameterDefinition;
import io.reprise.catalog.pipeline.ParameterType;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.pipeline.SqlPart;
import io.reprise.catalog.pipeline.SqlSource;
import io.reprise.catalog.pipeline.SqlStep;
import io.reprise.catalog.pipeline.StepDefinition;
import io.reprise.catalog.pipeline.StepHead;
import io.reprise.catalog.pipeline.TableDefinition;
import io.reprise.catalog.pipeline.TransactionItem;
import io.reprise.catalog.pipeline.TransactionStep;
import io.reprise.workflows.pipeline.Condition;
import io.reprise.workflows.pipeline.Relation;
import io.reprise.workflows.run.Name;
import io.reprise.workflows.saga.FailurePolicy;
import io.reprise.workflows.saga.Retry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Definitions as the reader of the catalog would make them. */
final class Definitions {

    private Definitions() {}

    static PipelineDefinition of(List<TableDefinition> tables, List<StepDefinition> steps) {
        return of(Optional.empty(), tables, steps);
    }

    static PipelineDefinition of(
            Optional<InputDefinition> input, List<TableDefinition> tables, List<StepDefinition> steps) {
        return new PipelineDefinition(
                new Name("daily"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(
                        parameter("sku", ParameterType.STRING),
                        parameter("quantity", ParameterType.INTEGER),
                        parameter("region", ParameterType.STRING)),
                List.of(),
                Concurrency.USUAL,
                input,
                Optional.empty(),
                tables,
                FailurePolicy.UNDO,
                steps,
                List.of(),
                Hooks.NONE,
                List.of());
    }

    private static ParameterDefinition parameter(String name, ParameterType type) {
        return new ParameterDefinition(name, type, Optional.empty(), Optional.empty(), List.of());
    }

    static StepHead head(String id, String... needs) {
        return head(id, Map.of(), needs);
    }

    static StepHead head(String id, Map<String, Object> with, String... needs) {
        return new StepHead(
                id,
                Optional.empty(),
                List.of(needs),
                List.of(),
                with,
                Optional.empty(),
                Retry.attempts(3),
                Duration.ofMinutes(1),
                false,
                false,
                Hooks.NONE);
    }

    static SqlSource sql(String file, String text) {
        return new SqlSource(file, text);
    }

    static SqlStep step(StepHead head, String sql) {
        return step(head, part(sql), Optional.empty());
    }

    static SqlStep step(StepHead head, SqlPart part, Optional<String> undo) {
        return new SqlStep(
                head,
                "warehouse",
                Guarantee.FENCED,
                part,
                undo.map(text -> sql("undo-" + head.id() + ".sql", text)),
                false);
    }

    static SqlStep unfenced(StepHead head, String sql) {
        return new SqlStep(head, "warehouse", Guarantee.AT_LEAST_ONCE, part(sql), Optional.empty(), false);
    }

    static TransactionStep transaction(StepHead head, TransactionItem... items) {
        return new TransactionStep(head, "warehouse", Guarantee.FENCED, List.of(items), Optional.empty(), false);
    }

    static CheckStep check(StepHead head, CheckDefinition... checks) {
        return new CheckStep(head, "warehouse", List.of(checks), false);
    }

    static SqlPart part(String sql, Output... outputs) {
        return new SqlPart(sql("step.sql", sql), Optional.empty(), List.of(outputs), false);
    }

    /** Affected rows must equal the operand, else the reason. */
    static SqlPart part(String sql, Object affected, String refuse) {
        Expectation expectation = new Expectation(
                List.of(new Condition(Expectation.VALUE, Relation.EQUALS, affected)), Optional.of(refuse));
        return new SqlPart(sql("step.sql", sql), Optional.of(expectation), List.of(), false);
    }

    static Output affected(String name) {
        return new Output(name, OutputSource.AFFECTED, Optional.empty());
    }

    static Output column(String name) {
        return new Output(name, OutputSource.COLUMN, Optional.of(name));
    }
}
