package io.reprise.activities.saga;

import io.reprise.activities.sql.Pipeline;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.StepKey;
import io.reprise.workflows.saga.Refusal;
import io.reprise.workflows.saga.StepCall;
import io.reprise.workflows.saga.UndoCall;
import io.reprise.workflows.saga.Undone;
import io.temporal.failure.ApplicationFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * Tries a fence on the very server that it shall hold on: the races between a step, its repeats and its undo, rollback, and
 * DDL. Needs the kit and two connections, and leaves nothing behind but its fences.
 */
public final class FenceProbe {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration HEAD_START = Duration.ofMillis(300);

    private final SqlDialect dialect;
    private final DataSource database;
    private final FencedSteps steps;
    private final Clock clock;
    private final String name;
    private final String table;
    private int tries;

    /**
     * What was tried, and what was found.
     *
     * @param held whether it was what a fence promises
     */
    public record Finding(String tried, boolean held, String found) {}

    /** @param name of this probe; another one for each, since its fences stay */
    public FenceProbe(SqlDialect dialect, DataSource database, String name, Clock clock) {
        this.dialect = dialect;
        this.database = database;
        this.name = name;
        this.clock = clock;
        this.table = Kit.table(dialect, "probe");
        this.steps = new FencedSteps(
                database::getConnection,
                FenceDialect.of(dialect, clock),
                new Unrecorded(),
                () -> new Attempt(1, false, null, "probe", System.nanoTime(), LIMIT),
                clock);
    }

    public List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        findings.add(tried("a repeated step happens once", 1, key -> {
            happen(key, Nothing.ELSE);
            happen(key, Nothing.ELSE);
        }));
        findings.add(tried("a repeated undo undoes once", 0, key -> {
            happen(key, Nothing.ELSE);
            undo(key);
            undo(key);
        }));
        findings.add(tried("an undo that comes first keeps the step from happening", 0, key -> {
            undo(key);
            expectFailure(() -> happen(key, Nothing.ELSE));
        }));
        findings.add(tried(
                "an undo waits for a step under way and undoes it",
                0,
                key -> together(key, under -> happen(key, under), () -> undo(key))));
        findings.add(tried(
                "an undo waits for a step that fails and keeps it from happening",
                0,
                key -> together(
                        key,
                        under -> expectFailure(() -> happen(key, transaction -> {
                            under.during(transaction);
                            throw Refusal.because("probe", "this step fails");
                        })),
                        () -> undo(key))));
        findings.add(tried(
                "two attempts at once happen once",
                1,
                key -> together(key, under -> happen(key, under), () -> happen(key, Nothing.ELSE))));
        findings.add(tried(
                "a step that fails leaves nothing",
                0,
                key -> expectFailure(() -> happen(key, transaction -> {
                    throw Refusal.because("probe", "this step fails");
                }))));
        findings.add(definition());
        return findings;
    }

    /** DDL is either rolled back with its step or found as an early commit: never done unseen. */
    private Finding definition() {
        String made = Kit.table(dialect, "probe_" + Integer.toUnsignedString(name.hashCode()));
        String tried = dialect.ddlCommits()
                ? "DDL that commits in the middle of a step is found"
                : "DDL is rolled back with its step";
        StepKey key = nextKey();
        try {
            expectFailure(() -> happen(key, transaction -> {
                transaction.run(new Pipeline().add("create table " + made + " (n int)"));
                if (!dialect.ddlCommits()) {
                    throw Refusal.because("probe", "this step fails");
                }
            }));
            boolean there = exists(made);
            return new Finding(tried, there == dialect.ddlCommits(), there ? "it is there" : "it is gone");
        } catch (RuntimeException | SQLException failure) {
            return new Finding(tried, false, String.valueOf(failure.getMessage()));
        } finally {
            drop(made);
        }
    }

    private Finding tried(String what, long expected, Try attempt) {
        StepKey key = nextKey();
        try {
            attempt.on(key);
            long found = happened(key);
            return new Finding(what, found == expected, "happened " + found + " times, expected " + expected);
        } catch (RuntimeException | SQLException failure) {
            return new Finding(what, false, String.valueOf(failure.getMessage()));
        }
    }

    private StepKey nextKey() {
        tries++;
        return new StepKey("probe/" + name + ":try-" + tries);
    }

    private void happen(StepKey key, During during) {
        StepCall call = new StepCall(key, name, today(), 1, false);
        steps.forward(call, key.value(), String.class, transaction -> {
            transaction.run(
                    new Pipeline().add("insert into " + table + " (probe_key, happened) values (?, 1)", key.value()));
            during.during(transaction);
            return "happened";
        });
    }

    private Undone undo(StepKey key) {
        UndoCall call = new UndoCall(key, name, today(), 1, Forward.FAILED, "probe");
        return steps.undo(
                call,
                String.class,
                (transaction, recorded) -> transaction.run(
                        new Pipeline().add("delete from " + table + " where probe_key = ?", key.value())));
    }

    /** The other begins while the first one's transaction is open. */
    private void together(StepKey key, First first, Runnable other) {
        CountDownLatch open = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> one = threads.submit(() -> first.with(transaction -> {
                open.countDown();
                await(begun);
                pause();
            }));
            await(open);
            Future<?> two = threads.submit(() -> {
                begun.countDown();
                other.run();
            });
            one.get();
            two.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while probing " + key, stopped);
        } catch (ExecutionException failed) {
            throw new IllegalStateException(String.valueOf(failed.getCause()), failed.getCause());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("nothing happened within " + LIMIT);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while probing", stopped);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(HEAD_START);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void expectFailure(Runnable step) {
        try {
            step.run();
        } catch (ApplicationFailure expected) {
            return;
        }
        throw new IllegalStateException("a step succeeded that should have been refused");
    }

    private long happened(StepKey key) throws SQLException {
        try (Connection connection = database.getConnection()) {
            long found = new Pipeline()
                    .add("select count(*) from " + table + " where probe_key = ?", key.value())
                    .run(dialect, connection)
                    .getFirst()
                    .rows()
                    .getFirst()
                    .number(0);
            new Pipeline()
                    .add("delete from " + table + " where probe_key = ?", key.value())
                    .run(dialect, connection);
            connection.commit();
            return found;
        }
    }

    private boolean exists(String made) throws SQLException {
        try (Connection connection = database.getConnection()) {
            try {
                new Pipeline().add("select 1 from " + made).run(dialect, connection);
                return true;
            } catch (SQLException gone) {
                return false;
            } finally {
                connection.rollback();
            }
        }
    }

    private void drop(String made) {
        try (Connection connection = database.getConnection()) {
            new Pipeline().add("drop table if exists " + made).run(dialect, connection);
            connection.commit();
        } catch (SQLException left) {
            throw new IllegalStateException("cannot drop " + made + ", which a probe made", left);
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private enum Nothing implements During {
        ELSE;

        @Override
        public void during(StepTransaction transaction) {
            // Nothing else happens in the step.
        }
    }

    /** What a step does besides being counted. */
    @FunctionalInterface
    private interface During {
        void during(StepTransaction transaction) throws SQLException;
    }

    @FunctionalInterface
    private interface First {
        void with(During under);
    }

    @FunctionalInterface
    private interface Try {
        void on(StepKey key) throws SQLException;
    }
}
