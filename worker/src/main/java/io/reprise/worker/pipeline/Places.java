package io.reprise.worker.pipeline;

import io.temporal.worker.tuning.ActivitySlotInfo;
import io.temporal.worker.tuning.SlotMarkUsedContext;
import io.temporal.worker.tuning.SlotPermit;
import io.temporal.worker.tuning.SlotReleaseContext;
import io.temporal.worker.tuning.SlotReserveContext;
import io.temporal.worker.tuning.SlotSupplier;
import io.temporal.worker.tuning.SlotSupplierFuture;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/** As many steps at once as this worker holds places of a connection, which may become more or fewer while steps run. */
final class Places implements SlotSupplier<ActivitySlotInfo> {

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<CompletableFuture<SlotPermit>> waiting = new ArrayDeque<>();
    private int held;
    private int taken;

    /** Of places that it lost, steps that are under way keep theirs to their end. */
    void hold(int places) {
        lock.lock();
        try {
            held = places;
        } finally {
            lock.unlock();
        }
        handOut();
    }

    @Override
    public SlotSupplierFuture reserveSlot(SlotReserveContext<ActivitySlotInfo> context) {
        CompletableFuture<SlotPermit> place = take();
        return SlotSupplierFuture.fromCompletableFuture(place, () -> place.cancel(false));
    }

    /** A place, as soon as one is free; whoever gives up waiting cancels it. */
    CompletableFuture<SlotPermit> take() {
        CompletableFuture<SlotPermit> place = new CompletableFuture<>();
        lock.lock();
        try {
            waiting.add(place);
        } finally {
            lock.unlock();
        }
        handOut();
        return place;
    }

    @Override
    public Optional<SlotPermit> tryReserveSlot(SlotReserveContext<ActivitySlotInfo> context) {
        lock.lock();
        try {
            if (taken >= held) {
                return Optional.empty();
            }
            taken++;
            return Optional.of(new SlotPermit());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void markSlotUsed(SlotMarkUsedContext<ActivitySlotInfo> context) {
        // A place that is reserved counts as taken.
    }

    @Override
    public void releaseSlot(SlotReleaseContext<ActivitySlotInfo> context) {
        giveBack();
    }

    void giveBack() {
        lock.lock();
        try {
            taken--;
        } finally {
            lock.unlock();
        }
        handOut();
    }

    /** Completes outside of the lock: whoever waited goes on in this thread. Who gave up leaves the place to the next. */
    private void handOut() {
        List<CompletableFuture<SlotPermit>> ready = new ArrayList<>();
        lock.lock();
        try {
            while (taken < held && !waiting.isEmpty()) {
                ready.add(waiting.remove());
                taken++;
            }
        } finally {
            lock.unlock();
        }
        for (CompletableFuture<SlotPermit> place : ready) {
            if (!place.complete(new SlotPermit())) {
                giveBack();
            }
        }
    }
}
