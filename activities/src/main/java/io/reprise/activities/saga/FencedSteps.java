package io.reprise.activities.saga;

import io.reprise.activities.sql.Deadline;
import io.reprise.activities.sql.Pipeline;
import io.reprise.activities.sql.Sessions;
import io.reprise.activities.sql.SqlFailures;
import io.reprise.activities.sql.StatementResult;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.db.run.Outcomes;
import io.reprise.workflows.run.StepKey;
import io.reprise.workflows.saga.StepCall;
import io.reprise.workflows.saga.UndoCall;
import io.reprise.workflows.saga.Undone;
import io.temporal.failure.ApplicationFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Runs steps and their undos behind a fence: one row for each step key, written in the transaction that changes the data.
 *
 * <p>A forward step whose fence is DONE returns what was stored; one whose fence is FENCED or COMPENSATED is refused. An
 * undo without a fence puts one up, so that a late forward is refused; an undo of DONE undoes. A fence that was committed
 * as RUNNING is left to a person. It takes two round trips around the work and one for the commit.
 *
 * <p>A ledger that drops a run, or was restored, may accept its id once more. So a fence counts for the run that put it up:
 * another run under the same id is refused, and neither undoes what the first one did nor takes it for its own.
 *
 * <p>Needs READ COMMITTED and connections without auto-commit.
 */
public final class FencedSteps {

    private static final Duration LONGEST_UNDO_LOCK_WAIT = Duration.ofSeconds(5);

    // The database ends the transaction first; what waits longer waits for a line that is dead without a word.
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private final Sessions database;
    private final FenceDialect dialect;
    private final LedgerEntries ledger;
    private final Supplier<Attempt> attempts;
    private final Clock clock;

    FencedSteps(
            Sessions database, FenceDialect dialect, LedgerEntries ledger, Supplier<Attempt> attempts, Clock clock) {
        this.database = database;
        this.dialect = dialect;
        this.ledger = ledger;
        this.attempts = attempts;
        this.clock = clock;
    }

    /** Steps on a database whose kit was migrated, called from activities of {@code worker}. */
    public static FencedSteps on(
            SqlDialect dialect, Sessions database, LedgerEntries ledger, String worker, Clock clock) {
        return new FencedSteps(
                database, FenceDialect.of(dialect, clock), ledger, () -> Attempt.ofActivity(worker), clock);
    }

    /** Steps on a PostgreSQL of version 17 or later whose kit was migrated, called from activities of {@code worker}. */
    public static FencedSteps onPostgres(DataSource database, LedgerEntries ledger, String worker, Clock clock) {
        return on(SqlDialect.POSTGRESQL, database::getConnection, ledger, worker, clock);
    }

    /** Does the work once under the call's key, and returns what it recorded, now or then. */
    public <R> R forward(StepCall call, Object request, Class<R> recordedType, StepWork<R> work) {
        Attempt attempt = attempts.get();
        Instant startedAt = clock.instant();
        return telling(
                call,
                attempt,
                startedAt,
                () -> inTransaction(call.key(), attempt, (connection, commit) -> {
                    RequestHash requestHash = RequestHash.of(request);
                    Optional<Fence> fence = dialect.begin(connection, call, requestHash, attempt);
                    if (fence.isPresent()) {
                        R stored = storedResult(call, requestHash, fence.get(), recordedType);
                        ledger.committed(StepEntry.done(call, attempt, null, startedAt, clock.instant()));
                        return stored;
                    }
                    StepTransaction transaction =
                            new StepTransaction(dialect.sql(), connection, call.key() + "#", attempt.number());
                    R recorded = work.run(transaction);
                    StepEntry entry = StepEntry.done(
                            call, attempt, transaction.rows(), transaction.outputs(), startedAt, clock.instant());
                    Pipeline done =
                            dialect.done(call, Recorded.write(recorded), transaction.rows(), transaction.events());
                    if (!finish(connection, done, ledger.joining(entry))) {
                        throw FenceFailures.endedEarly(call.key(), "finish", true);
                    }
                    commit.run();
                    ledger.committed(entry);
                    return recorded;
                }));
    }

    private <R> R telling(StepCall call, Attempt attempt, Instant startedAt, Telling<R> work) {
        try {
            return work.run();
        } catch (SQLException failure) {
            ApplicationFailure classified = SqlFailures.of(dialect.sql(), "run " + call.key(), failure);
            ledger.rolledBack(StepEntry.failed(call, attempt, messageOf(classified), startedAt, clock.instant()));
            throw classified;
        } catch (ApplicationFailure refused) {
            ledger.rolledBack(StepEntry.failed(call, attempt, messageOf(refused), startedAt, clock.instant()));
            throw refused;
        }
    }

    /** Reads within the attempt's limits, as often as it is asked. What the work changes nevertheless is rolled back. */
    public <R> R read(StepCall call, StepWork<R> work) {
        Attempt attempt = attempts.get();
        Instant startedAt = clock.instant();
        return telling(call, attempt, startedAt, () -> {
            R found = inTransaction(call.key(), attempt, (connection, commit) -> {
                dialect.limit(attempt).run(dialect.sql(), connection);
                return work.run(new StepTransaction(dialect.sql(), connection, call.key() + "#", attempt.number()));
            });
            tell(call, attempt, startedAt);
            return found;
        });
    }

    /** A transaction of its own, where the ledger is the same database. */
    private void tell(StepCall call, Attempt attempt, Instant startedAt) throws SQLException {
        StepEntry entry = StepEntry.done(call, attempt, null, startedAt, clock.instant());
        Pipeline entries = ledger.joining(entry);
        if (entries.size() > 0) {
            inTransaction(call.key(), attempt, (connection, commit) -> {
                entries.run(dialect.sql(), connection);
                commit.run();
                return entry;
            });
        }
        ledger.committed(entry);
    }

    /** Does what must be there before a step can begin. The ledger is told of a failure, as of one of the step itself. */
    public <R> R before(StepCall call, Supplier<R> work) {
        return telling(call, attempts.get(), clock.instant(), work::get);
    }

    /** Which attempt the calling activity is, from 1. */
    public int attempt() {
        return attempts.get().number();
    }

    /** What the step recorded where it is done: for effects that happen outside of the fence's transaction. */
    public <R> Optional<R> stored(StepCall call, Object request, Class<R> recordedType) {
        Attempt attempt = attempts.get();
        return telling(
                call,
                attempt,
                clock.instant(),
                () -> inTransaction(call.key(), attempt, (connection, commit) -> {
                    StatementResult found = dialect.find(call.key().value())
                            .run(dialect.sql(), connection)
                            .getLast();
                    return found.rows().isEmpty()
                            ? Optional.empty()
                            : Optional.of(
                                    storedResult(call, RequestHash.of(request), Fence.found(found), recordedType));
                }));
    }

    /** Undoes what the step recorded, or keeps it from ever running. Every failure is worth another attempt. */
    public <R> Undone undo(UndoCall call, Class<R> recordedType, UndoWork<R> work) {
        return undoing(call, (connection, commit, attempt, fence, startedAt) -> {
            StepTransaction transaction =
                    new StepTransaction(dialect.sql(), connection, call.key() + "#undo-", attempt.number());
            work.run(transaction, Recorded.read(call.key(), fence.result(), recordedType));
            StepEntry entry = StepEntry.undone(call, attempt, startedAt, clock.instant());
            Pipeline compensated = dialect.compensated(call, attempt, transaction.events());
            if (!finish(connection, compensated, ledger.joining(entry))) {
                throw FenceFailures.endedEarly(call.key(), "finish the undo of", false);
            }
            commit.run();
            ledger.committed(entry);
            return Undone.COMPENSATED;
        });
    }

    /** Keeps a step that cannot be undone from running, or answers that it is too late. */
    public Undone fence(UndoCall call) {
        return undoing(call, (connection, commit, attempt, fence, startedAt) -> Undone.TOO_LATE);
    }

    private Undone undoing(UndoCall call, WhenDone whenDone) {
        Attempt attempt = attempts.get();
        Instant startedAt = clock.instant();
        try {
            return inTransaction(call.key(), attempt, (connection, commit) -> {
                Duration half = attempt.timeLeft().dividedBy(2);
                Duration lockLimit = half.compareTo(LONGEST_UNDO_LOCK_WAIT) < 0 ? half : LONGEST_UNDO_LOCK_WAIT;
                Optional<Fence> fence = dialect.beginUndo(connection, call, attempt, lockLimit);
                if (fence.isEmpty()) {
                    commit.run();
                    return Undone.FENCED;
                }
                if (isAnotherRuns(fence.get(), call, attempt)) {
                    return Undone.FENCED;
                }
                return switch (fence.get().state()) {
                    case FENCED -> Undone.FENCED;
                    case COMPENSATED -> Undone.COMPENSATED;
                    case RUNNING -> throw FenceFailures.uncertain(call.key(), "undo", false);
                    case DONE -> whenDone.undo(connection, commit, attempt, fence.get(), startedAt);
                };
            });
        } catch (SQLException failure) {
            ApplicationFailure classified = SqlFailures.retryable(dialect.sql(), "undo " + call.key(), failure);
            ledger.rolledBack(StepEntry.undoFailed(call, attempt, messageOf(classified), startedAt, clock.instant()));
            throw classified;
        } catch (ApplicationFailure refused) {
            ledger.rolledBack(StepEntry.undoFailed(call, attempt, messageOf(refused), startedAt, clock.instant()));
            throw refused;
        }
    }

    /**
     * A run inherits steps under the keys of an earlier generation, and a terminated one may be known to a restored ledger
     * under a newer run id: both are undone by whoever asks.
     */
    private static boolean isAnotherRuns(Fence fence, UndoCall call, Attempt attempt) {
        boolean inherited = !call.key().workflowId().value().equals(attempt.workflowId());
        return !fence.runId().equals(call.runId()) && !inherited && !Outcomes.TERMINATED.equals(call.reason());
    }

    private static <R> R storedResult(StepCall call, RequestHash requestHash, Fence fence, Class<R> recordedType) {
        if (!fence.runId().equals(call.runId())) {
            throw FenceFailures.exists(call.key(), fence.runId());
        }
        return switch (fence.state()) {
            case FENCED, COMPENSATED -> throw FenceFailures.fenced(call.key(), fence.state());
            case RUNNING -> throw FenceFailures.uncertain(call.key(), "run", true);
            case DONE -> {
                if (!requestHash.equals(fence.requestHash())) {
                    throw FenceFailures.requestChanged(call.key());
                }
                yield Recorded.read(call.key(), fence.result(), recordedType);
            }
        };
    }

    /** False where the transaction had ended before, and with it the hold on the fence. */
    private boolean finish(Connection connection, Pipeline fenceLast, Pipeline ledgerEntries) throws SQLException {
        int fenceAt = fenceLast.size() - 1;
        try {
            List<StatementResult> results = fenceLast.addAll(ledgerEntries).run(dialect.sql(), connection);
            return results.get(fenceAt).count() == 1;
        } catch (SQLException failure) {
            if (dialect.endedEarly(failure)) {
                return false;
            }
            throw failure;
        }
    }

    /** Rolls back unless the work committed. A rollback that fails changes nothing: the connection is dead. */
    private <R> R inTransaction(StepKey key, Attempt attempt, Transaction<R> work) throws SQLException {
        try (Connection connection = database.getConnection()) {
            if (attempt.timeLeft().toMillis() <= 0) {
                throw FenceFailures.noTimeLeft(key, attempt.limit());
            }
            connection.setNetworkTimeout(
                    Runnable::run, Math.clamp(attempt.timeLeft().plus(SILENCE).toMillis(), 1, Integer.MAX_VALUE));
            Commit commit = new Commit(dialect, connection);
            try (Deadline _ = Deadline.in(attempt.timeLeft(), dialect.sql(), connection)) {
                return work.run(connection, commit);
            } finally {
                commit.orRollBack();
            }
        }
    }

    private static String messageOf(ApplicationFailure failure) {
        return failure.getType() + ": " + failure.getOriginalMessage();
    }

    @FunctionalInterface
    private interface Transaction<R> {
        R run(Connection connection, Commit commit) throws SQLException;
    }

    @FunctionalInterface
    private interface Telling<R> {
        R run() throws SQLException;
    }

    @FunctionalInterface
    private interface WhenDone {
        Undone undo(Connection connection, Commit commit, Attempt attempt, Fence fence, Instant startedAt)
                throws SQLException;
    }
}
