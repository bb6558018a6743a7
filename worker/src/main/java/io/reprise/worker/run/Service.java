package io.reprise.worker.run;

import io.reprise.worker.shared.Rounds;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Something that can only be started once all that it needs is there. It is tried until it is. */
public final class Service implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Service.class);
    private static final Duration DONE = Duration.ofHours(1);
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final String name;
    private final Callable<? extends AutoCloseable> start;
    private final Runnable started;
    private final Rounds rounds;
    private volatile @Nullable AutoCloseable running;

    private Service(String name, Callable<? extends AutoCloseable> start, Runnable started) {
        this.name = name;
        this.start = start;
        this.started = started;
        this.rounds = Rounds.start("start-" + name, GRACE, this::round);
    }

    /**
     * Tries to start it from now on.
     *
     * @param started called once, after it was started
     */
    public static Service when(String name, Callable<? extends AutoCloseable> start, Runnable started) {
        return new Service(name, start, started);
    }

    public boolean isRunning() {
        return running != null;
    }

    @Override
    public void close() {
        rounds.close();
        AutoCloseable service = running;
        running = null;
        if (service == null) {
            return;
        }
        try {
            service.close();
        } catch (Exception e) {
            LOG.warn("{} did not stop in order", name, e);
        }
    }

    private Duration round() throws Exception {
        if (running == null) {
            running = start.call();
            LOG.info("{} runs", name);
            started.run();
        }
        return DONE;
    }
}
