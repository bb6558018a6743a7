package io.reprise.cli.dev;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The end of a stack. A signal only asks for it: the thread that started things stops them, in order, and the process then ends
 * with 0 instead of the signal's number.
 */
final class DevEnd {

    private static final long LIMIT_SECONDS = 27;
    private static final long LOOK_MILLIS = 200;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);

    private DevEnd() {}

    static DevEnd onSignal() {
        DevEnd end = new DevEnd();
        Runtime.getRuntime().addShutdownHook(new Thread(end::askAndWait, "reprise-dev-end"));
        return end;
    }

    private void askAndWait() {
        if (finished.getCount() == 0) {
            return;
        }
        asked.countDown();
        try {
            if (!finished.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                endChildren();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(0);
    }

    void await() {
        try {
            asked.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isAsked() {
        return asked.getCount() == 0;
    }

    void finished() {
        finished.countDown();
    }

    /** Waits for the work. Whoever asks for the end before it is done need not wait for a build or a slow start. */
    void endChildrenIfAskedBefore(List<? extends Future<?>> work) {
        while (!work.stream().allMatch(Future::isDone)) {
            try {
                if (asked.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    endChildren();
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static void endChildren() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    }
}
