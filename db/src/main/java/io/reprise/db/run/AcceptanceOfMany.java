package io.reprise.db.run;

import static io.reprise.db.ledger.Tables.LEDGER_STATE;
import static io.reprise.db.ledger.Tables.RUN;
import static io.reprise.db.ledger.Tables.RUN_KEY;
import static java.util.stream.Collectors.toSet;
import static org.jooq.impl.DSL.row;

import io.reprise.db.shared.Ulid;
import io.reprise.workflows.run.WorkflowId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jooq.BatchBindStep;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** Accepts many runs inside a transaction of the caller, in four statements whatever their number. */
public final class AcceptanceOfMany {

    private final Clock clock;
    private final RandomGenerator chance;

    public AcceptanceOfMany(Clock clock, RandomGenerator chance) {
        this.clock = clock;
        this.chance = chance;
    }

    /** Present where nothing may be accepted. */
    public Optional<Accepted.LedgerRestored> refusal(DSLContext open) {
        return open.select(LEDGER_STATE.ACCEPTED_HIGH_WATER, LEDGER_STATE.RESTORED_BEHIND)
                .from(LEDGER_STATE)
                .where(LEDGER_STATE.RESTORED_BEHIND.isNotNull())
                .fetchOptional(it -> new Accepted.LedgerRestored(it.value1(), it.value2()));
    }

    /** Answers what became of each, in their order. Of two runs with one workflow id the first counts. */
    public List<Accepted> accept(DSLContext open, List<NewRun> runs) {
        if (runs.isEmpty()) {
            return List.of();
        }
        Instant now = clock.instant();
        List<Candidate> candidates = runs.stream()
                .map(run -> new Candidate(RunRef.of(Ulid.at(now, chance), run.workflowId()), run))
                .toList();
        Set<Candidate> fresh = insertKeys(open, candidates);
        insertRuns(open, candidates.stream().filter(fresh::contains).toList(), now);
        Standing standing = standing(
                open, candidates.stream().filter(it -> !fresh.contains(it)).toList());
        return candidates.stream()
                .map(it -> fresh.contains(it) ? new Accepted.New(it.ref()) : standing.met(it))
                .toList();
    }

    /** Inserted in the order of their ids, so that two transactions with common ids never wait for each other in a ring. */
    private static Set<Candidate> insertKeys(DSLContext open, List<Candidate> candidates) {
        List<Candidate> sorted = candidates.stream()
                .sorted(Comparator.comparing(it -> it.ref().workflowId().value()))
                .toList();
        int[] inserted = insert(
                open,
                RUN_KEY,
                sorted.stream()
                        .map(it -> RunRow.key(it.ref(), it.run().input().hash()))
                        .toList());
        return IntStream.range(0, inserted.length)
                .filter(i -> inserted[i] == 1)
                .mapToObj(sorted::get)
                .collect(toSet());
    }

    /** Inserted in the order in which they were asked for, which becomes the order of their seq. */
    private static void insertRuns(DSLContext open, List<Candidate> accepted, Instant now) {
        insert(
                open,
                RUN,
                accepted.stream()
                        .map(it -> RunRow.run(it.ref(), it.run(), now, Optional.empty()))
                        .toList());
    }

    private static int[] insert(DSLContext open, Table<?> table, List<Map<Field<?>, @Nullable Object>> rows) {
        if (rows.isEmpty()) {
            return new int[0];
        }
        List<Field<?>> columns = new ArrayList<>(rows.getFirst().keySet());
        BatchBindStep batch = open.batch(open.insertInto(table, columns)
                .values(Collections.nCopies(columns.size(), null))
                .onConflictDoNothing());
        for (Map<Field<?>, @Nullable Object> values : rows) {
            batch = batch.bind(values.values().toArray());
        }
        return counted(batch.execute());
    }

    /** Without counts nothing tells a new run from a known one, and new ones would be lost. */
    private static int[] counted(int[] counts) {
        if (Arrays.stream(counts).anyMatch(count -> count < 0)) {
            throw new IllegalStateException(
                    "cannot tell which runs are new: the driver does not count the rows of a batch"
                            + " (expected: a database URL without reWriteBatchedInserts)");
        }
        return counts;
    }

    private static Standing standing(DSLContext open, List<Candidate> refused) {
        Standing standing = new Standing();
        if (refused.isEmpty()) {
            return standing;
        }
        open.select(RUN_KEY.FIRST_ID, RUN_KEY.GENERATION, RUN_KEY.RUN_ID, RUN_KEY.STARTED_ON, RUN_KEY.INPUT_HASH)
                .from(RUN_KEY)
                .where(row(RUN_KEY.FIRST_ID, RUN_KEY.GENERATION)
                        .in(refused.stream()
                                .map(it -> row(
                                        RunRow.firstId(it.ref().workflowId()),
                                        it.ref().workflowId().generation()))
                                .toList()))
                .forEach(it -> standing.add(
                        new RunRef(it.value3(), it.value4(), new WorkflowId(it.value1()).generation(it.value2())),
                        it.value5()));
        return standing;
    }

    private record Candidate(RunRef ref, NewRun run) {}

    /** The runs that had come before, with the hashes of their inputs. */
    private static final class Standing {

        private final Map<WorkflowId, RunRef> runs = new HashMap<>();
        private final Map<WorkflowId, byte[]> hashes = new HashMap<>();

        void add(RunRef run, byte[] hash) {
            runs.put(run.workflowId(), run);
            hashes.put(run.workflowId(), hash);
        }

        Accepted met(Candidate candidate) {
            WorkflowId workflowId = candidate.ref().workflowId();
            RunRef run = runs.get(workflowId);
            if (run == null) {
                throw new IllegalStateException("cannot tell what stands at " + workflowId
                        + ": it went away while the batch was accepted (expected: another attempt)");
            }
            boolean same = Arrays.equals(
                    hashes.get(workflowId), candidate.run().input().hash());
            return same ? new Accepted.Same(run) : new Accepted.Conflict(run);
        }
    }
}
