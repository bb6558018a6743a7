package io.reprise.activities.pipeline;

import io.reprise.catalog.pipeline.CheckStep;
import io.reprise.catalog.pipeline.ChildStep;
import io.reprise.catalog.pipeline.CommandStep;
import io.reprise.catalog.pipeline.Guarantee;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.pipeline.PublishStep;
import io.reprise.catalog.pipeline.SqlSource;
import io.reprise.catalog.pipeline.SqlStep;
import io.reprise.catalog.pipeline.StepDefinition;
import io.reprise.catalog.pipeline.StepHead;
import io.reprise.catalog.pipeline.TransactionItem;
import io.reprise.catalog.pipeline.TransactionStep;
import io.reprise.catalog.pipeline.WaitStep;
import java.util.List;
import java.util.Optional;

/** What a {@code sql}, {@code transaction} or {@code check} step has to do, in the order in which it is done. */
record SqlTask(
        StepHead head, Guarantee guarantee, List<TransactionItem> items, Optional<SqlSource> undo, boolean explain) {

    static SqlTask of(PipelineDefinition definition, String stepId) {
        StepDefinition step = step(definition, stepId);
        return switch (step) {
            case SqlStep sql ->
                new SqlTask(
                        sql.head(),
                        sql.guarantee(),
                        List.of(new TransactionItem.Change(sql.part())),
                        sql.undo(),
                        sql.explain());
            case TransactionStep transaction ->
                new SqlTask(
                        transaction.head(),
                        transaction.guarantee(),
                        transaction.items(),
                        transaction.undo(),
                        transaction.explain());
            case CheckStep check ->
                new SqlTask(
                        check.head(),
                        Guarantee.IDEMPOTENT,
                        check.checks().stream()
                                .<TransactionItem>map(TransactionItem.Verify::new)
                                .toList(),
                        Optional.empty(),
                        check.explain());
            case PublishStep _, WaitStep _, CommandStep _, ChildStep _ ->
                throw new IllegalArgumentException("cannot run step '" + stepId + "' of " + definition.name()
                        + " as SQL: it is another kind (expected: sql, transaction or check)");
        };
    }

    static StepDefinition step(PipelineDefinition definition, String stepId) {
        return definition
                .step(stepId)
                .orElseThrow(() -> new IllegalArgumentException("cannot find step '" + stepId + "' in "
                        + definition.name() + " of hash " + definition.hash() + " (expected: one of its steps)"));
    }
}
