package io.reprise.worker.shared;

import java.util.Collection;
import java.util.List;

/** Ends several things at once, so that the slowest of them says how long it takes. */
public final class Ending {

    private Ending() {}

    /** Returns when all have ended, or the caller is interrupted. */
    public static void together(Collection<Runnable> endings) {
        List<Thread> ends = endings.stream().map(Thread.ofVirtual()::start).toList();
        for (Thread end : ends) {
            try {
                end.join();
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
