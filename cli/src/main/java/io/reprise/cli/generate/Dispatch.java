package io.reprise.cli.generate;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reprise.activities.producer.Delivery;
import io.reprise.activities.producer.FailureCause;
import io.reprise.activities.producer.ProducerSettings;
import io.reprise.activities.producer.RecordProducer;
import io.reprise.activities.producer.Stopped;
import io.reprise.cli.shared.CommandFailed;
import io.reprise.cli.shared.EndSignal;
import io.reprise.cli.shared.ExitCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Sends parcels until one is not acknowledged or somebody wants the end, and knows what became of each. */
final class Dispatch implements Predicate<Parcel>, AutoCloseable {

    private static final Duration TO_STOP = Duration.ofSeconds(10);
    private static final Duration A_MOMENT = Duration.ofMillis(200);

    private final RecordProducer<Parcel> producer;
    private final EndSignal end;
    private final Tally tally = new Tally();

    private Dispatch(RecordProducer<Parcel> producer, EndSignal end) {
        this.producer = producer;
        this.end = end;
    }

    static Dispatch open(ProducerSettings settings, ParcelForm form, EndSignal end) {
        return new Dispatch(RecordProducer.open(settings, form, new SimpleMeterRegistry()), end);
    }

    /** Answers whether there is any use in more. */
    @Override
    public boolean test(Parcel parcel) {
        if (end.isAsked() || tally.firstFailure().isPresent()) {
            return false;
        }
        tally.sent(parcel);
        var _ = producer.send(parcel).thenAccept(tally::told);
        return true;
    }

    boolean all(List<Parcel> parcels) {
        return parcels.stream().allMatch(this);
    }

    /** Waits for what is under way, after the wish to end for a moment only; what is not acknowledged by then is told, too. */
    Tally finish() throws InterruptedException {
        while (!end.isAsked() && tally.firstFailure().isEmpty() && producer.flush(A_MOMENT) > 0) {
            // Each record is told after the time for its delivery at the latest.
        }
        Stopped<Parcel> _ = producer.stop(TO_STOP);
        return tally;
    }

    /** Refuses with what went wrong first, where something did. */
    ExitCode verdict(String kafka, String topic) {
        Optional<Delivery> failure = tally.firstFailure();
        if (failure.isEmpty()) {
            return ExitCode.DONE;
        }
        throw switch (failure.get()) {
            case Delivery.NotSent(FailureCause cause, String words) -> failed(cause, words, kafka, topic);
            case Delivery.Doubtful(FailureCause cause, String words) -> failed(cause, words, kafka, topic);
            case Delivery.Acknowledged _ -> throw new IllegalStateException("an acknowledgement is no failure");
        };
    }

    private static CommandFailed failed(FailureCause cause, String words, String kafka, String topic) {
        if (cause == FailureCause.NO_TOPIC) {
            return new CommandFailed(
                    ExitCode.NOT_FOUND,
                    "Kafka at " + kafka + " has no topic " + topic + ": " + words
                            + " (expected: the one that `reprise dev` makes)");
        }
        ExitCode code = cause.kind() == FailureCause.Kind.PASSING ? ExitCode.UNAVAILABLE : ExitCode.FAILED;
        return new CommandFailed(
                code,
                "cannot send events to Kafka at " + kafka + ": " + words
                        + " (expected: a Kafka that answers, such as that of `reprise dev`)");
    }

    @Override
    public void close() {
        producer.close();
    }
}
