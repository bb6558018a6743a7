package io.reprise.bench.pipeline;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/** Tells of each run when it has ended: one look at the ledger for all of them, so that waiting costs what is measured little. */
final class Endings implements AutoCloseable {

    private static final Duration LOOK_EVERY = Duration.ofMillis(3);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final String ENDED = """
            select run_id, forward from reprise.run where run_id = any (?) and ended_at is not null""";

    private final DataSource ledger;
    private final Map<String, CompletableFuture<String>> awaited = new ConcurrentHashMap<>();
    private final Thread watching;

    Endings(DataSource ledger) {
        this.ledger = ledger;
        this.watching = Thread.ofPlatform().daemon().name("endings").start(this::watch);
    }

    /** Fails unless the run succeeds. */
    void awaitSuccess(String runId) throws InterruptedException, TimeoutException {
        CompletableFuture<String> end = awaited.computeIfAbsent(runId, id -> new CompletableFuture<>());
        try {
            String forward = end.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
            if (!forward.equals("SUCCEEDED")) {
                throw new IllegalStateException("run " + runId + " ended as " + forward + " (expected: SUCCEEDED)");
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot tell how run " + runId + " ended", e.getCause());
        } finally {
            awaited.remove(runId);
        }
    }

    private void watch() {
        try (Connection connection = ledger.getConnection();
                PreparedStatement ended = connection.prepareStatement(ENDED)) {
            while (!Thread.currentThread().isInterrupted()) {
                look(connection, ended);
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
            }
        } catch (SQLException e) {
            awaited.values().forEach(end -> end.completeExceptionally(e));
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Connection connection, PreparedStatement ended) throws SQLException {
        if (awaited.isEmpty()) {
            return;
        }
        ended.setArray(1, connection.createArrayOf("text", awaited.keySet().toArray()));
        try (ResultSet rows = ended.executeQuery()) {
            while (rows.next()) {
                CompletableFuture<String> end = awaited.get(rows.getString(1));
                if (end != null) {
                    end.complete(rows.getString(2));
                }
            }
        }
    }

    @Override
    public void close() {
        watching.interrupt();
    }
}
