package io.reprise.worker.shared;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A named thread that does one round after another until it is closed. A failing round is logged and tried again later, also
 * one that ran out of memory: a thread that is gone does its work nevermore, and nobody sees it. */
public final class Rounds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
    private static final BackOff AFTER_FAILURES = new BackOff(Duration.ofMillis(200), Duration.ofSeconds(5));

    /** One round of work. */
    @FunctionalInterface
    public interface Round {

        /** Does the work and answers how long to rest before the next round. */
        Duration run() throws Exception;
    }

    private final String name;
    private final Round round;
    private final Duration grace;
    private final Semaphore wakes = new Semaphore(0);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private int failures;

    private Rounds(String name, Duration grace, Round round) {
        this.name = name;
        this.grace = grace;
        this.round = round;
        this.thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::goRound);
    }

    /**
     * Starts with the first round at once.
     *
     * @param grace how long {@link #close} lets the running round finish before it interrupts it
     */
    public static Rounds start(String name, Duration grace, Round round) {
        Rounds rounds = new Rounds(name, grace, round);
        rounds.thread.start();
        return rounds;
    }

    /** Ends the rest before the next round. */
    public void wake() {
        wakes.release();
    }

    public boolean isStopping() {
        return stopping.getCount() == 0;
    }

    @Override
    public void close() {
        stopping.countDown();
        wake();
        try {
            if (!thread.join(grace)) {
                LOG.warn("{} did not finish its round within {} and is interrupted", name, grace);
                thread.interrupt();
                thread.join(Duration.ofSeconds(1));
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void goRound() {
        while (!isStopping()) {
            try {
                rest(next());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private Duration next() throws InterruptedException {
        wakes.drainPermits();
        try {
            Duration rest = round.run();
            if (failures > 0) {
                LOG.info("{} works again after {} failed attempts", name, failures);
                failures = 0;
            }
            return rest;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | Error e) {
            failures++;
            Duration wait = AFTER_FAILURES.after(failures);
            if (failures == 1) {
                LOG.warn("{} failed and is tried again in {}", name, wait, e);
            } else {
                LOG.warn(
                        "{} failed {} times in a row and is tried again in {}: {}", name, failures, wait, e.toString());
            }
            return wait;
        }
    }

    private void rest(Duration rest) throws InterruptedException {
        if (rest.isZero()) {
            return;
        }
        boolean woken = wakes.tryAcquire(rest.toNanos(), TimeUnit.NANOSECONDS);
        if (woken) {
            wakes.drainPermits();
        }
    }
}
