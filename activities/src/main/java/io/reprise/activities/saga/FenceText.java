package io.reprise.activities.saga;

import io.reprise.activities.sql.Pipeline;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.workflows.saga.StepCall;
import io.reprise.workflows.saga.UndoCall;
import java.util.List;

/** The statements of a fence that MariaDB, SQLite and H2 understand alike. They take the time from their caller. */
final class FenceText {

    private final String insertRunning;
    private final String insertFenced;
    private final String find;
    private final String takeUp;
    private final String emit;
    private final String setDone;
    private final String setCompensated;

    /**
     * @param ifThere what an insert does where the row is there
     * @param stillOurs holds for a row only as long as the transaction that wrote it has not ended
     */
    FenceText(SqlDialect dialect, String ifThere, String stillOurs) {
        String fence = Kit.table(dialect, "fence");
        insertRunning =
                "insert into " + fence + " (step_key, workflow_id, run_id, started_on, step_id, `position`, state,"
                        + " request_hash, attempt, worker, started_at) values (?, ?, ?, ?, ?, ?, 'RUNNING', ?, ?, ?, ?)"
                        + ifThere;
        insertFenced = "insert into " + fence
                + " (step_key, workflow_id, run_id, started_on, step_id, `position`, state,"
                + " undo_attempt, undo_worker, undone_at) values (?, ?, ?, ?, ?, ?, 'FENCED', ?, ?, ?)" + ifThere;
        find = "select state, run_id, request_hash, result from " + fence + " where step_key = ?";
        takeUp = "update " + fence + " set state = 'RUNNING' where step_key = ? and state = 'DONE'";
        emit = "insert into " + Kit.table(dialect, "outbox")
                + " (shard, topic, `key`, version, event_id, payload, created_at) values (?, ?, ?, ?, ?, ?, ?)";
        setDone = "update " + fence + " set state = 'DONE', result = ?, `rows` = ?, done_at = ?"
                + " where step_key = ? and state = 'RUNNING'" + stillOurs;
        setCompensated =
                "update " + fence + " set state = 'COMPENSATED', undo_attempt = ?, undo_worker = ?, undone_at = ?"
                        + " where step_key = ? and state = 'RUNNING'" + stillOurs;
    }

    Pipeline running(StepCall call, RequestHash requestHash, Attempt attempt, Object now) {
        return new Pipeline()
                .add(
                        insertRunning,
                        call.key().value(),
                        call.key().workflowId().value(),
                        call.runId(),
                        call.startedOn(),
                        call.key().stepId(),
                        call.position(),
                        requestHash.hex(),
                        attempt.number(),
                        attempt.worker(),
                        now);
    }

    Pipeline fenced(UndoCall call, Attempt attempt, Object now) {
        return new Pipeline()
                .add(
                        insertFenced,
                        call.key().value(),
                        call.key().workflowId().value(),
                        call.runId(),
                        call.startedOn(),
                        call.key().stepId(),
                        call.position(),
                        attempt.number(),
                        attempt.worker(),
                        now);
    }

    Pipeline find(String stepKey) {
        return new Pipeline().add(find, stepKey);
    }

    /** A DONE fence that is being undone is RUNNING inside its transaction: committed so, something committed early. */
    Pipeline takeUp(String stepKey) {
        return new Pipeline().add(takeUp, stepKey);
    }

    Pipeline emit(List<OutboxEvent> events, Object now) {
        Pipeline pipeline = new Pipeline();
        for (OutboxEvent event : events) {
            pipeline.add(
                    emit,
                    event.shard(),
                    event.topic(),
                    event.key(),
                    event.version(),
                    event.eventId(),
                    event.payload(),
                    now);
        }
        return pipeline;
    }

    Pipeline done(String stepKey, String result, long rows, Object now) {
        return new Pipeline().add(setDone, result, rows, now, stepKey);
    }

    Pipeline compensated(String stepKey, Attempt attempt, Object now) {
        return new Pipeline().add(setCompensated, attempt.number(), attempt.worker(), now, stepKey);
    }
}
