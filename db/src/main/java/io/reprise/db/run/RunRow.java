package io.reprise.db.run;

import static io.reprise.db.ledger.Tables.RUN;
import static io.reprise.db.ledger.Tables.RUN_KEY;

import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.WorkflowId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** The rows of a run at its acceptance. */
final class RunRow {

    private RunRow() {}

    static Map<Field<?>, @Nullable Object> key(RunRef ref, byte[] inputHash) {
        Map<Field<?>, @Nullable Object> row = new LinkedHashMap<>();
        row.put(RUN_KEY.FIRST_ID, firstId(ref.workflowId()));
        row.put(RUN_KEY.GENERATION, ref.workflowId().generation());
        row.put(RUN_KEY.RUN_ID, ref.runId());
        row.put(RUN_KEY.STARTED_ON, ref.startedOn());
        row.put(RUN_KEY.INPUT_HASH, inputHash);
        return row;
    }

    /**
     * A run under a lease counts as attempted: its holder may have started it before it was lost. A bounded run is under
     * nobody's lease until it was let in.
     */
    static Map<Field<?>, @Nullable Object> run(RunRef ref, NewRun run, Instant now, Optional<Lease> wanted) {
        Optional<Lease> lease = wanted.filter(it -> run.bounds().isEmpty());
        Map<Field<?>, @Nullable Object> row = new LinkedHashMap<>();
        row.put(RUN.RUN_ID, ref.runId());
        row.put(RUN.STARTED_ON, ref.startedOn());
        row.put(RUN.WORKFLOW_ID, ref.workflowId().value());
        row.put(RUN.WORKFLOW_TYPE, run.workflowType());
        row.put(RUN.TASK_QUEUE, run.taskQueue());
        row.put(RUN.FEATURE, ref.workflowId().feature());
        row.put(RUN.NAME, ref.workflowId().name().value());
        row.put(RUN.SLOT, ref.workflowId().slot().orElse(null));
        row.put(RUN.GENERATION, ref.workflowId().generation());
        row.put(RUN.ORDER_KEY, run.order().key().orElse(null));
        row.put(RUN.ORDER_RULE, run.order().rule().word());
        row.put(RUN.DEFINITION_HASH, run.definition().orElse(null));
        putBounds(row, run.bounds());
        row.put(RUN.SOURCE, run.source());
        row.put(RUN.INPUT, run.input().json());
        row.put(RUN.INPUT_HASH, run.input().hash());
        row.put(RUN.MODE, run.mode());
        row.put(RUN.FORWARD, Forward.QUEUED);
        row.put(RUN.COMPENSATION, Compensation.NONE);
        row.put(RUN.ACCEPTED_AT, now);
        row.put(RUN.UPDATED_AT, now);
        row.put(RUN.CLAIMED_BY, lease.map(Lease::holder).orElse(null));
        row.put(RUN.CLAIMED_UNTIL, lease.map(it -> now.plus(it.length())).orElse(null));
        row.put(RUN.START_ATTEMPTS, lease.isPresent() ? 1 : 0);
        return row;
    }

    private static void putBounds(Map<Field<?>, @Nullable Object> row, Optional<RunBounds> bounds) {
        row.put(RUN.BOUND_GROUP, bounds.map(RunBounds::group).orElse(null));
        row.put(RUN.GROUP_OPEN, bounds.map(it -> number(it.groupOpen())).orElse(null));
        row.put(RUN.BOUND_KEY, bounds.map(RunBounds::key).orElse(null));
        row.put(RUN.KEY_OPEN, bounds.map(it -> number(it.keyOpen())).orElse(null));
        row.put(RUN.TURN, bounds.flatMap(RunBounds::turn).orElse(""));
        row.put(RUN.ADMITTED, bounds.isEmpty());
    }

    private static @Nullable Integer number(OptionalInt found) {
        return found.isPresent() ? found.getAsInt() : null;
    }

    static String firstId(WorkflowId workflowId) {
        return workflowId.generation(1).value();
    }
}
