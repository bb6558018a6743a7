package io.reprise.worker.trigger;

import io.reprise.db.trigger.Stop;
import io.reprise.worker.shared.BackOff;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a trigger says of itself: whether it reads, and why not. */
final class Standing {

    private static final Logger LOG = LoggerFactory.getLogger(Standing.class);
    private static final String RUNNING = "RUNNING";
    static final String WAITING_FOR_KAFKA = "WAITING_FOR_KAFKA";
    private static final String WAITING_FOR_LEDGER = "WAITING_FOR_LEDGER";
    private static final BackOff AWAY = new BackOff(Duration.ofMillis(200), Duration.ofSeconds(5));

    private final String trigger;
    private final TriggerMeters meters;
    private boolean paused;
    private List<Stop> stops = List.of();
    private int failures;
    private long waitsUntil = System.nanoTime();
    private String state = "STARTING";
    private Optional<String> error = Optional.empty();

    Standing(String trigger, TriggerMeters meters) {
        this.trigger = trigger;
        this.meters = meters;
    }

    /** As an operator sees it. */
    String word() {
        if (!stops.isEmpty()) {
            return "STOPPED";
        }
        return paused ? "PAUSED" : state;
    }

    /** Why it does not read, if it should. */
    Optional<String> error() {
        return stops.isEmpty() ? error : Optional.of(stops.getFirst().reason());
    }

    boolean mayRead() {
        return !paused && mayPlace();
    }

    /** A paused trigger finds out where it stands, too; a stopped one knows. */
    boolean mayPlace() {
        return stops.isEmpty() && !isWaiting();
    }

    boolean isWaiting() {
        return System.nanoTime() - waitsUntil < 0;
    }

    /** What operators decided, and what stops it until they do. Answers whether it was paused or resumed. */
    boolean obey(boolean wantsPause, List<Stop> found) {
        boolean turned = wantsPause != paused;
        if (turned) {
            LOG.info("Trigger {} is {} by an operator", trigger, wantsPause ? "paused" : "resumed");
        }
        paused = wantsPause;
        stops = List.copyOf(found);
        meters.stopped(stops.size());
        return turned;
    }

    void begins() {
        state = RUNNING;
    }

    void waitForLedger(String why) {
        waitFor(WAITING_FOR_LEDGER, why);
        meters.putBack();
    }

    void waitForAcceptance(String why) {
        waitFor("LEDGER_RESTORED", why);
        meters.putBack();
    }

    /** A registry that is away keeps all from reading; a schema that nobody has keeps one partition. */
    void cannotRead(boolean away, String why) {
        if (away) {
            waitFor("WAITING_FOR_REGISTRY", why);
            return;
        }
        state = "WAITING_FOR_SCHEMA";
        error = Optional.of(why);
    }

    void waitForKafka(String why) {
        waitFor(WAITING_FOR_KAFKA, why);
    }

    private void waitFor(String what, String why) {
        failures++;
        Duration wait = AWAY.after(failures);
        waitsUntil = System.nanoTime() + wait.toNanos();
        state = what;
        error = Optional.of(why);
        LOG.warn("Trigger {} keeps its place and tries again in {}: {}", trigger, wait, why);
    }

    /** The ledger took records. */
    void goOn() {
        if (failures > 0) {
            LOG.info("Trigger {} goes on", trigger);
        }
        failures = 0;
        recovered(state);
    }

    void kafkaAnswers() {
        recovered(WAITING_FOR_KAFKA);
    }

    /** It answers, but whether it takes records is not known: if not, the next wait is longer than the last. */
    void ledgerAnswers() {
        recovered(WAITING_FOR_LEDGER);
    }

    private void recovered(String from) {
        if (state.equals(from)) {
            state = RUNNING;
            error = Optional.empty();
        }
    }
}
