package io.reprise.workflows.saga.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** What is going to happen to whom, and how often. */
public final class Incidents {

    public static final int ALWAYS = Integer.MAX_VALUE;

    private record Place(String stepId, Moment moment) {}

    private static final class Incident {
        private final Runnable what;
        private int left;

        Incident(Runnable what, int times) {
            this.what = what;
            this.left = times;
        }
    }

    private final Map<Place, Incident> incidents = new LinkedHashMap<>();
    private final CountDownLatch end = new CountDownLatch(1);

    public synchronized void at(String stepId, Moment moment, int times, Runnable what) {
        incidents.put(new Place(stepId, moment), new Incident(what, times));
    }

    public synchronized void clear() {
        incidents.clear();
    }

    void happen(String stepId, Moment moment) {
        take(stepId, moment).ifPresent(Runnable::run);
    }

    private synchronized Optional<Runnable> take(String stepId, Moment moment) {
        Incident incident = incidents.get(new Place(stepId, moment));
        if (incident == null || incident.left == 0) {
            return Optional.empty();
        }
        incident.left--;
        return Optional.of(incident.what);
    }

    /** An attempt that does nothing more until the scenario has ended, and then goes on as a zombie does. */
    public void hang() {
        boolean interrupted = false;
        while (end.getCount() > 0) {
            try {
                end.await();
            } catch (InterruptedException shutdown) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    public void release() {
        end.countDown();
    }
}
