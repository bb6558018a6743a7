package io.reprise.activities.stream;

import io.reprise.activities.sql.Heart;
import io.temporal.client.ActivityCompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Beats from the side while something runs that says nothing for long. */
final class Pulse implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);

    private final CountDownLatch closed = new CountDownLatch(1);

    private Pulse() {}

    static Pulse of(Heart heart, String doing) {
        Pulse pulse = new Pulse();
        heart.beat(doing);
        Thread.ofVirtual().name("pulse").start(() -> pulse.beat(heart, doing));
        return pulse;
    }

    private void beat(Heart heart, String doing) {
        try {
            while (!closed.await(heart.pause().toMillis(), TimeUnit.MILLISECONDS)) {
                heart.beat(doing);
            }
        } catch (ActivityCompletionException unwanted) {
            LOG.info("{} is not wanted any more: {}", doing, unwanted.toString());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
