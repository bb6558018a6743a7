package io.reprise.db.run;

import static io.reprise.db.ledger.Tables.RUN;
import static io.reprise.db.ledger.Tables.RUN_KEY;
import static io.reprise.db.ledger.Tables.RUN_STEP;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;

import io.reprise.db.shared.NamedPage;
import io.reprise.db.shared.NamedPageRequest;
import io.reprise.db.shared.Page;
import io.reprise.db.shared.PageRequest;
import io.reprise.db.shared.Ulid;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunInput;
import io.reprise.workflows.run.WorkflowId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectLimitPercentStep;

/** Reads runs and their steps. */
public final class Runs {

    private final DSLContext sql;

    public Runs(DSLContext sql) {
        this.sql = sql;
    }

    public Optional<Run> byId(String runId) {
        if (!Ulid.isUlid(runId)) {
            return Optional.empty();
        }
        return sql.select(RunColumns.SHOWN)
                .from(RUN)
                .where(RUN.RUN_ID.eq(runId))
                .and(RUN.STARTED_ON.eq(new Ulid(runId).day()))
                .fetchOptional(RunColumns::run);
    }

    public Optional<Run> byWorkflowId(WorkflowId workflowId) {
        return keyed(
                RUN_KEY.FIRST_ID.eq(RunRow.firstId(workflowId)).and(RUN_KEY.GENERATION.eq(workflowId.generation())));
    }

    /** The newest generation of what this workflow id names, whatever generation the id itself names. */
    public Optional<Run> latestGeneration(WorkflowId workflowId) {
        return keyed(RUN_KEY.FIRST_ID.eq(RunRow.firstId(workflowId)));
    }

    private Optional<Run> keyed(Condition key) {
        return sql.select(RUN_KEY.RUN_ID)
                .from(RUN_KEY)
                .where(key)
                .orderBy(RUN_KEY.FIRST_ID.desc(), RUN_KEY.GENERATION.desc())
                .limit(1)
                .fetchOptional(RUN_KEY.RUN_ID)
                .flatMap(this::byId);
    }

    /**
     * The newest run of each slot of a pipeline, by slot.
     *
     * @param from the first slot; slots carry their keys, {@code 2026-11-19,EU}
     * @param before the slot after the last one
     */
    public NamedPage<Run> ofSlots(String pipeline, String from, String before, NamedPageRequest request) {
        List<Run> probed = sql.select(RunColumns.SHOWN)
                .distinctOn(RUN.SLOT)
                .from(RUN)
                .where(RUN.FEATURE.eq(inline("pipeline")))
                .and(RUN.NAME.eq(pipeline))
                .and(RUN.SLOT.isNotNull())
                .and(RUN.SLOT.ge(from))
                .and(RUN.SLOT.lt(before))
                .and(RUN.SLOT.gt(request.above()))
                .orderBy(RUN.SLOT, RUN.GENERATION.desc())
                .limit(inline(request.probe()))
                .fetch(RunColumns::run);
        return NamedPage.of(probed, request.size(), run -> run.slot().orElseThrow());
    }

    /** The newest run of one slot of a pipeline, with its keys. */
    public Optional<Run> ofSlot(String pipeline, String slot) {
        return sql.select(RunColumns.SHOWN)
                .from(RUN)
                .where(RUN.FEATURE.eq(inline("pipeline")))
                .and(RUN.NAME.eq(pipeline))
                .and(RUN.SLOT.eq(slot))
                .orderBy(RUN.GENERATION.desc())
                .limit(1)
                .fetchOptional(RunColumns::run);
    }

    /** How many runs of a pipeline have not ended. */
    public int openOf(String pipeline) {
        return sql.fetchCount(RUN, RUN.FEATURE.eq(inline("pipeline")), RUN.NAME.eq(pipeline), RUN.ENDED_AT.isNull());
    }

    /** The runs of a pipeline that were accepted after one, oldest first. */
    public List<Run> following(String pipeline, long seq, int atMost) {
        return sql.select(RunColumns.SHOWN)
                .from(RUN)
                .where(RUN.FEATURE.eq(inline("pipeline")))
                .and(RUN.NAME.eq(pipeline))
                .and(RUN.SEQ.gt(seq))
                .orderBy(RUN.SEQ)
                .limit(inline(atMost))
                .fetch(RunColumns::run);
    }

    /** Which of these runs of a pipeline have ended, oldest first. */
    public List<Run> ended(String pipeline, List<Long> seqs, int atMost) {
        if (seqs.isEmpty()) {
            return List.of();
        }
        return sql.select(RunColumns.SHOWN)
                .from(RUN)
                .where(RUN.FEATURE.eq(inline("pipeline")))
                .and(RUN.NAME.eq(pipeline))
                .and(RUN.SEQ.eq(any(seqs.toArray(Long[]::new))))
                .and(RUN.ENDED_AT.isNotNull())
                .orderBy(RUN.SEQ)
                .limit(inline(atMost))
                .fetch(RunColumns::run);
    }

    /** The canonical input with which the run was accepted. */
    public Optional<RunInput> input(RunRef run) {
        return sql.select(RUN.INPUT)
                .from(RUN)
                .where(RunColumns.is(run))
                .fetchOptional(RUN.INPUT)
                .map(RunInput::new);
    }

    /** What it takes to start the run again in Temporal under the same workflow id. */
    public Optional<QueuedRun> startable(RunRef run) {
        return sql.select(RunColumns.QUEUED).from(RUN).where(RunColumns.is(run)).fetchOptional(RunColumns::queued);
    }

    /** Newest first. */
    public Page<Run> page(RunFilter filter, PageRequest request) {
        return request.of(listing(filter, request).fetch(RunColumns::run), Run::seq);
    }

    SelectLimitPercentStep<Record> listing(RunFilter filter, PageRequest request) {
        return sql.select(RunColumns.SHOWN)
                .from(RUN)
                .where(RUN.SEQ.lt(request.below()))
                .and(matching(filter))
                .orderBy(RUN.SEQ.desc())
                .limit(inline(request.probe()));
    }

    private static Condition matching(RunFilter filter) {
        Condition matching = noCondition();
        matching = matching.and(filter.feature().map(RUN.FEATURE::eq).orElse(noCondition()));
        matching = matching.and(filter.name().map(RUN.NAME::eq).orElse(noCondition()));
        matching = matching.and(filter.slot().map(RUN.SLOT::eq).orElse(noCondition()));
        matching = matching.and(filter.forward().map(Runs::forward).orElse(noCondition()));
        matching = matching.and(filter.compensation().map(Runs::compensation).orElse(noCondition()));
        return matching.and(filter.since().map(Runs::since).orElse(noCondition()));
    }

    /** Written into the text, not bound: only then can PostgreSQL see that a partial index holds all such rows. */
    private static Condition forward(Forward forward) {
        Condition is = RUN.FORWARD.eq(inline(forward, RUN.FORWARD));
        return forward == Forward.RUNNING ? is.and(RUN.ENDED_AT.isNull()) : is;
    }

    private static Condition compensation(Compensation compensation) {
        return RUN.COMPENSATION.eq(inline(compensation, RUN.COMPENSATION));
    }

    private static Condition since(Instant since) {
        Ulid first = Ulid.firstAt(since);
        return RUN.STARTED_ON.ge(first.day()).and(RUN.RUN_ID.ge(first.value()));
    }

    /** Runs that were handed to Temporal and have not ended, oldest first: what the sweeper looks after. */
    public List<Run> open(long afterSeq, Instant untouchedSince, int atMost) {
        return sql.select(RunColumns.SHOWN)
                .from(RUN)
                .where(RUN.ENDED_AT.isNull())
                .and(RUN.FORWARD.ne(inline(Forward.QUEUED, RUN.FORWARD)))
                .and(RUN.SEQ.gt(afterSeq))
                .and(RUN.UPDATED_AT.lt(untouchedSince))
                .orderBy(RUN.SEQ)
                .limit(atMost)
                .fetch(RunColumns::run);
    }

    /** All runs, oldest first: what an audit walks through. */
    public List<Run> all(long afterSeq, int atMost) {
        return sql.select(RunColumns.SHOWN)
                .from(RUN)
                .where(RUN.SEQ.gt(afterSeq))
                .orderBy(RUN.SEQ)
                .limit(atMost)
                .fetch(RunColumns::run);
    }

    /** In the order in which they were declared. */
    public List<RunStep> steps(RunRef run) {
        return sql.selectFrom(RUN_STEP)
                .where(RUN_STEP.RUN_ID.eq(run.runId()))
                .and(RUN_STEP.STARTED_ON.eq(run.startedOn()))
                .orderBy(RUN_STEP.POSITION, RUN_STEP.STEP_ID)
                .fetch(RunColumns::step);
    }

    /** Every part of it is read from a partial index. */
    public RunCounts counts() {
        Condition stuck = RUN.FORWARD.eq(inline(Forward.STUCK, RUN.FORWARD));
        Condition stuckInUndo = RUN.COMPENSATION
                .eq(inline(Compensation.STUCK, RUN.COMPENSATION))
                .and(RUN.COMPENSATION.ne(inline(Compensation.NONE, RUN.COMPENSATION)));
        return new RunCounts(
                count(RUN.FORWARD.eq(inline(Forward.QUEUED, RUN.FORWARD))),
                count(RUN.ENDED_AT.isNull().and(RUN.FORWARD.ne(inline(Forward.QUEUED, RUN.FORWARD)))),
                count(stuck.or(stuckInUndo)),
                count(stuck.or(stuckInUndo).and(RUN.REASON.eq(inline(FailingRuns.WORKFLOW_TASK_FAILING)))));
    }

    private int count(Condition which) {
        return sql.fetchCount(sql.selectOne().from(RUN).where(which));
    }
}
