package io.reprise.worker.sensor;

import java.time.Duration;
import java.util.Optional;

/** What Kafka refused. It is asked for again after a pause, in which it keeps nothing else waiting. */
final class Setback {

    private static final Duration PAUSE = Duration.ofSeconds(5);

    /** Longer than the pause: what happens again at once was never over. */
    private static final Duration SAID = Duration.ofSeconds(8);

    private Optional<String> words = Optional.empty();
    private long happened;

    /** Answers whether that is news. */
    boolean happens(String what) {
        boolean news = words().filter(what::equals).isEmpty();
        words = Optional.of(what);
        happened = System.nanoTime();
        return news;
    }

    /** Whether it is not to be tried again yet. */
    boolean lasts() {
        return words.isPresent() && isWithin(PAUSE);
    }

    /** What there is to say of it. */
    Optional<String> words() {
        return words.filter(any -> isWithin(SAID));
    }

    private boolean isWithin(Duration length) {
        return System.nanoTime() - happened < length.toNanos();
    }
}
