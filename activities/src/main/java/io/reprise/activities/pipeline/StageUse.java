package io.reprise.activities.pipeline;

import io.reprise.catalog.pipeline.CheckDefinition;
import io.reprise.catalog.pipeline.CheckStep;
import io.reprise.catalog.pipeline.ChildStep;
import io.reprise.catalog.pipeline.CommandStep;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.pipeline.PublishStep;
import io.reprise.catalog.pipeline.SqlSource;
import io.reprise.catalog.pipeline.SqlStep;
import io.reprise.catalog.pipeline.StepDefinition;
import io.reprise.catalog.pipeline.TransactionItem;
import io.reprise.catalog.pipeline.TransactionStep;
import io.reprise.catalog.pipeline.WaitFor;
import io.reprise.catalog.pipeline.WaitStep;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which steps of a definition use which stage. */
record StageUse(PipelineDefinition definition) {

    /** Whether a step makes the stage that it uses. */
    enum Making {
        /** For its own generation: nothing before it uses the stage. */
        OWN,
        /** Where there is none yet: all that uses it before may have been skipped. */
        MISSING,
        /** What it reads was lost where there is none, and an empty one would pass for an empty slot. */
        NEVER
    }

    Making making(String stepId, String alias) {
        StepDefinition step = SqlTask.step(definition, stepId);
        if (!(step instanceof SqlStep || step instanceof TransactionStep)) {
            return Making.NEVER;
        }
        List<StepDefinition> users = usersBefore(step, alias);
        if (users.isEmpty()) {
            return Making.OWN;
        }
        return users.stream().allMatch(it -> !it.head().when().isEmpty()) ? Making.MISSING : Making.NEVER;
    }

    boolean isFirst(String stepId, String alias) {
        return usersBefore(SqlTask.step(definition, stepId), alias).isEmpty();
    }

    private List<StepDefinition> usersBefore(StepDefinition step, String alias) {
        List<StepDefinition> users = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Deque<String> before = new ArrayDeque<>(step.head().needs());
        while (!before.isEmpty()) {
            String id = before.pop();
            Optional<StepDefinition> earlier = definition.step(id);
            if (earlier.isPresent() && seen.add(id)) {
                earlier.filter(it -> uses(it, alias)).ifPresent(users::add);
                before.addAll(earlier.get().head().needs());
            }
        }
        return users;
    }

    boolean uses(String stepId, String alias) {
        return uses(SqlTask.step(definition, stepId), alias);
    }

    private static boolean uses(StepDefinition step, String alias) {
        return switch (step) {
            case SqlStep sql ->
                names(sql.part().sql(), alias)
                        || sql.undo().filter(it -> names(it, alias)).isPresent();
            case TransactionStep transaction ->
                transaction.items().stream().anyMatch(item -> uses(item, alias))
                        || transaction.undo().filter(it -> names(it, alias)).isPresent();
            case CheckStep check -> check.checks().stream().anyMatch(it -> uses(it, alias));
            case PublishStep publish -> publish.from().equals(alias);
            case WaitStep wait -> wait.what() instanceof WaitFor.Rows rows && names(rows.sql(), alias);
            case CommandStep _, ChildStep _ -> false;
        };
    }

    private static boolean uses(TransactionItem item, String alias) {
        return switch (item) {
            case TransactionItem.Change change -> names(change.part().sql(), alias);
            case TransactionItem.Verify verify -> uses(verify.check(), alias);
        };
    }

    private static boolean uses(CheckDefinition check, String alias) {
        return switch (check) {
            case CheckDefinition.NoRows rows -> names(rows.sql(), alias);
            case CheckDefinition.Unique unique -> unique.table().equals(alias);
            case CheckDefinition.NotNull notNull -> notNull.table().equals(alias);
            case CheckDefinition.RowCount count -> count.table().equals(alias);
        };
    }

    private static boolean names(SqlSource sql, String alias) {
        return sql.text().contains("{" + alias + "}");
    }
}
