package io.reprise.cli.shared;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The wish that this process ends. The thread that started it drains it; the process then ends with 0, not with the signal's number. */
public final class EndSignal {

    private final Duration drain;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch drained = new CountDownLatch(1);
    private volatile int code = ExitCode.DONE.code();

    private EndSignal(Duration drain) {
        this.drain = drain;
    }

    /** Waits for the wish, and then that long for the process to finish what it has begun. */
    public static EndSignal within(Duration drain) {
        EndSignal signal = new EndSignal(drain);
        Runtime.getRuntime().addShutdownHook(new Thread(signal::askAndAwaitDrained, "reprise-end"));
        return signal;
    }

    public void await() {
        try {
            asked.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public boolean isAsked() {
        return asked.getCount() == 0;
    }

    /** Whether somebody wants the end now or within that time, which is waited for; below zero it is not. */
    public boolean isAskedWithin(Duration time) {
        try {
            return asked.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Ends the process with this code instead of 0, where its end was asked for. */
    public void drained(ExitCode with) {
        code = with.code();
        drained();
    }

    /** Also where the process never started: then there is nothing to wait for. */
    public void drained() {
        drained.countDown();
    }

    private void askAndAwaitDrained() {
        if (drained.getCount() == 0) {
            return;
        }
        asked.countDown();
        try {
            boolean inTime = drained.await(drain.toMillis(), TimeUnit.MILLISECONDS);
            Runtime.getRuntime().halt(inTime ? code : 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
