package io.reprise.bench.chaos;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Tells whoever waits that an order was accepted or has ended: one query for all of them, again and again. */
final class Endings implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Ledgers ledgers;
    private final Map<String, CompletableFuture<Void>> awaitingAcceptance = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Void>> awaitingEnd = new ConcurrentHashMap<>();
    private final Thread asking;
    private volatile boolean closed;

    Endings(Ledgers ledgers) {
        this.ledgers = ledgers;
        this.asking = Thread.ofPlatform().name("endings").daemon(true).start(this::ask);
    }

    CompletableFuture<Void> accepted(String orderId) {
        return awaitingAcceptance.computeIfAbsent(orderId, id -> new CompletableFuture<>());
    }

    CompletableFuture<Void> ended(String orderId) {
        return awaitingEnd.computeIfAbsent(orderId, id -> new CompletableFuture<>());
    }

    @Override
    public void close() {
        closed = true;
        try {
            asking.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask() {
        try {
            while (!closed) {
                tell(awaitingAcceptance, ledgers.accepted(awaitingAcceptance.keySet()));
                tell(awaitingEnd, ledgers.ended(awaitingEnd.keySet()));
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } catch (SQLException e) {
            awaitingAcceptance.values().forEach(waiting -> waiting.completeExceptionally(e));
            awaitingEnd.values().forEach(waiting -> waiting.completeExceptionally(e));
        }
    }

    private static void tell(Map<String, CompletableFuture<Void>> waiting, Set<String> orderIds) {
        for (String id : orderIds) {
            CompletableFuture<Void> told = waiting.remove(id);
            if (told != null) {
                told.complete(null);
            }
        }
    }
}
