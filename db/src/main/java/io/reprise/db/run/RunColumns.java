package io.reprise.db.run;

import static io.reprise.db.ledger.Tables.RUN;
import static io.reprise.db.ledger.Tables.RUN_STEP;

import io.reprise.workflows.run.RunInput;
import io.reprise.workflows.run.WorkflowId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Which columns of a run are read, and into what. */
final class RunColumns {

    /** All but the input, which may be large and is asked for alone. */
    static final List<Field<?>> SHOWN = Arrays.stream(RUN.fields())
            .filter(column -> !column.equals(RUN.INPUT) && !column.equals(RUN.INPUT_HASH))
            .toList();

    static final List<Field<?>> QUEUED = List.of(
            RUN.RUN_ID,
            RUN.STARTED_ON,
            RUN.WORKFLOW_ID,
            RUN.WORKFLOW_TYPE,
            RUN.TASK_QUEUE,
            RUN.INPUT,
            RUN.MODE,
            RUN.START_ATTEMPTS,
            RUN.CANCEL_REQUESTED,
            RUN.CANCEL_REASON);

    private RunColumns() {}

    static Condition is(RunRef run) {
        return RUN.RUN_ID.eq(run.runId()).and(RUN.STARTED_ON.eq(run.startedOn()));
    }

    static RunRef ref(Record row) {
        return new RunRef(row.get(RUN.RUN_ID), row.get(RUN.STARTED_ON), new WorkflowId(row.get(RUN.WORKFLOW_ID)));
    }

    static QueuedRun queued(Record row) {
        return new QueuedRun(
                ref(row),
                row.get(RUN.WORKFLOW_TYPE),
                row.get(RUN.TASK_QUEUE),
                new RunInput(row.get(RUN.INPUT)),
                row.get(RUN.MODE),
                row.get(RUN.START_ATTEMPTS),
                cancelled(row));
    }

    private static Optional<String> cancelled(Record row) {
        return row.get(RUN.CANCEL_REQUESTED)
                ? Optional.of(optional(row, RUN.CANCEL_REASON).orElse(""))
                : Optional.empty();
    }

    static Run run(Record row) {
        return new Run(
                ref(row),
                row.get(RUN.SEQ),
                row.get(RUN.WORKFLOW_TYPE),
                row.get(RUN.TASK_QUEUE),
                row.get(RUN.FEATURE),
                row.get(RUN.NAME),
                optional(row, RUN.SLOT),
                row.get(RUN.GENERATION),
                new RunOrder(OrderRule.of(row.get(RUN.ORDER_RULE)), optional(row, RUN.ORDER_KEY)),
                optional(row, RUN.DEFINITION_HASH),
                bounds(row),
                row.get(RUN.ADMITTED),
                row.get(RUN.SOURCE),
                row.get(RUN.MODE),
                row.get(RUN.FORWARD),
                row.get(RUN.COMPENSATION),
                row.get(RUN.REVISION),
                optional(row, RUN.REASON),
                optional(row, RUN.FAILURE),
                List.of(row.get(RUN.STUCK_STEPS)),
                optional(row, RUN.TEMPORAL_RUN_ID),
                row.get(RUN.CANCEL_REQUESTED),
                optional(row, RUN.CANCEL_REASON),
                row.get(RUN.ACCEPTED_AT),
                optional(row, RUN.STARTED_AT),
                optional(row, RUN.ENDED_AT),
                row.get(RUN.UPDATED_AT),
                row.get(RUN.START_ATTEMPTS),
                optional(row, RUN.START_ERROR));
    }

    private static Optional<RunBounds> bounds(Record row) {
        return optional(row, RUN.BOUND_GROUP)
                .map(group -> new RunBounds(
                        group,
                        number(row, RUN.GROUP_OPEN),
                        row.get(RUN.BOUND_KEY),
                        number(row, RUN.KEY_OPEN),
                        Optional.of(row.get(RUN.TURN)).filter(turn -> !turn.isEmpty())));
    }

    private static OptionalInt number(Record row, Field<Integer> column) {
        @Nullable Integer number = row.get(column);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    static RunStep step(Record row) {
        return new RunStep(
                row.get(RUN_STEP.STEP_ID),
                row.get(RUN_STEP.POSITION),
                row.get(RUN_STEP.FORWARD),
                row.get(RUN_STEP.COMPENSATION),
                row.get(RUN_STEP.ATTEMPTS),
                row.get(RUN_STEP.UNDO_ATTEMPTS),
                rows(row),
                optional(row, RUN_STEP.MODE),
                optional(row, RUN_STEP.WORKER),
                optional(row, RUN_STEP.ERROR),
                optional(row, RUN_STEP.OUTPUTS).map(JSON::data),
                optional(row, RUN_STEP.STARTED_AT),
                optional(row, RUN_STEP.ENDED_AT),
                optional(row, RUN_STEP.UNDO_STARTED_AT),
                optional(row, RUN_STEP.UNDO_ENDED_AT));
    }

    private static OptionalLong rows(Record row) {
        @Nullable Long rows = row.get(RUN_STEP.ROWS);
        return rows == null ? OptionalLong.empty() : OptionalLong.of(rows);
    }

    private static <T> Optional<T> optional(Record row, Field<T> column) {
        return Optional.ofNullable(row.get(column));
    }
}
