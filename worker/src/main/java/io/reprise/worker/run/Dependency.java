package io.reprise.worker.run;

import io.reprise.worker.shared.Rounds;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Something that the worker needs, asked every other second whether it is there. */
public final class Dependency implements AutoCloseable {

    public static final String UP = "up";

    private static final Logger LOG = LoggerFactory.getLogger(Dependency.class);
    private static final Duration BETWEEN = Duration.ofSeconds(2);

    /** Throws where what is asked for is not there. */
    @FunctionalInterface
    public interface Question {
        void ask() throws Exception;
    }

    private final String name;
    private final Question question;
    private final Rounds rounds;
    private volatile String state = "not asked yet";

    private Dependency(String name, Question question) {
        this.name = name;
        this.question = question;
        this.rounds = Rounds.start("watch-" + name, Duration.ofSeconds(1), this::round);
    }

    public static Dependency on(String name, Question question) {
        return new Dependency(name, question);
    }

    public String name() {
        return name;
    }

    /** {@link #UP}, or what is wrong. */
    public String state() {
        return state;
    }

    public boolean isUp() {
        return state.equals(UP);
    }

    @Override
    public void close() {
        rounds.close();
    }

    @SuppressWarnings("CatchAndPrintStackTrace")
    private Duration round() throws InterruptedException {
        try {
            question.ask();
            if (!isUp()) {
                LOG.info("{} is there", name);
            }
            state = UP;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            if (isUp() || state.equals("not asked yet")) {
                LOG.warn("{} is not there; waiting for it: {}", name, e.toString());
            }
            state = e.toString();
        }
        return BETWEEN;
    }
}
