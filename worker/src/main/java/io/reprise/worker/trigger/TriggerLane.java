package io.reprise.worker.trigger;

import io.reprise.db.Ledger;
import io.reprise.db.deadletter.SourceRecord;
import io.reprise.db.trigger.BatchAccepted;
import io.reprise.db.trigger.Position;
import io.reprise.db.trigger.Subscription;
import io.reprise.db.trigger.TopicLog;
import io.reprise.db.trigger.TriggerBatch;
import io.reprise.db.trigger.TriggerRecord;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One trigger among those that a reader serves. Where it reads is the ledger's word, not the broker's: its position moves in
 * the transaction that accepts the records before it. Whatever keeps it from reading keeps no other.
 */
final class TriggerLane {

    private static final Logger LOG = LoggerFactory.getLogger(TriggerLane.class);

    private final Ledger ledger;
    private final TriggerMeters meters;
    private final Standing standing;
    private final BatchTaking ledgerTakes;
    private final Placing placing;
    private final Places places;
    private final Storm storm = new Storm();
    private final Gathering gathering = new Gathering();
    private final LaneReading reading;
    private ServedTrigger served;
    private int resets;

    private TriggerLane(ServedTrigger served, Subscription known, TopicLog log, Ledger ledger, TriggerMeters meters) {
        this.served = served;
        this.ledger = ledger;
        this.meters = meters;
        this.standing = new Standing(served.name(), meters);
        this.ledgerTakes = new BatchTaking(ledger.triggerAcceptance());
        this.resets = known.resets();
        this.placing = new Placing(known, served.startAt(), ledger, meters);
        this.places = new Places(log);
        this.reading = new LaneReading(ledger.triggerInbox(), places, standing);
    }

    /**
     * Begins in a topic as it is now.
     *
     * @param known the trigger as the ledger has it
     */
    static TriggerLane open(
            ServedTrigger served, Subscription known, String topicId, Ledger ledger, TriggerMeters meters) {
        TopicLog log = new TopicLog(topicId, known.logNumber());
        ledger.triggerLogs().forgetStopsOutside(served.name(), log);
        TriggerLane lane = new TriggerLane(served, known, log, ledger, meters);
        lane.standing.begins();
        return lane;
    }

    ServedTrigger served() {
        return served;
    }

    /** Reads what comes from now on as another definition says. */
    void become(ServedTrigger next, Collection<TopicPartition> assigned) {
        served = next;
        doubt(assigned);
        LOG.info("Trigger {} reads by another definition from now on", next.name());
    }

    void assigned(Collection<TopicPartition> partitions) {
        doubt(partitions);
    }

    void lost(Collection<TopicPartition> partitions) {
        reading.letGo(partitions);
        places.lose(partitions);
        gathering.forget(partitions);
    }

    private void doubt(Collection<TopicPartition> partitions) {
        places.doubt(partitions);
        gathering.forget(partitions);
    }

    /** What operators decided. Answers whether the ledger could say so. */
    boolean obey(Collection<TopicPartition> assigned) {
        try {
            Optional<Subscription> known = ledger.triggers().byName(served.name());
            boolean turned = standing.obey(
                    known.filter(Subscription::paused).isPresent(),
                    ledger.triggerLogs().stops(served.name()));
            int number = known.map(Subscription::logNumber).orElse(places.log().number());
            if (number != places.log().number()) {
                gathering.forget(assigned);
                places.turnTo(new TopicLog(places.log().topicId(), number), assigned);
                LOG.info("Trigger {} takes its topic for log {} from now on", served.name(), places.log());
            } else if (turned || wasReset(known)) {
                doubt(assigned);
            }
            known.flatMap(Subscription::pausedBy).filter(Storm.ACTOR::equals).ifPresent(any -> storm.told());
            if (turned && known.filter(Subscription::paused).isEmpty()) {
                storm.resumed();
            }
            standing.ledgerAnswers();
            return true;
        } catch (DataAccessException e) {
            standing.waitForLedger(e.toString());
            return false;
        }
    }

    private boolean wasReset(Optional<Subscription> known) {
        int before = resets;
        resets = known.map(Subscription::resets).orElse(before);
        return resets != before;
    }

    void waitForLedger(String why) {
        standing.waitForLedger(why);
    }

    void waitForKafka(String why) {
        standing.waitForKafka(why);
    }

    Set<TopicPartition> unplaced() {
        return places.unplaced();
    }

    /** Places what is not placed yet. Answers whether no log contradicts where it stands. */
    boolean place(TopicConsumer consumer) {
        if (!standing.mayPlace() || places.unplaced().isEmpty()) {
            return true;
        }
        try {
            Set<TopicPartition> asked = places.unplaced();
            boolean agrees = placing.place(consumer, places);
            asked.forEach(partition -> reading.placed(partition, source(partition)));
            standing.kafkaAnswers();
            return agrees;
        } catch (DataAccessException e) {
            standing.waitForLedger(e.toString());
        } catch (KafkaException e) {
            standing.waitForKafka(e.toString());
        }
        return true;
    }

    /** Stops until an operator says whether the logs that contradict it count. */
    void stop(Collection<TopicPartition> assigned) {
        try {
            placing.stop(places);
            obey(assigned);
        } catch (DataAccessException e) {
            standing.waitForLedger(e.toString());
        }
    }

    /** Where it would be read on; empty where it is not to be read. */
    OptionalLong wanted(TopicPartition partition) {
        return standing.mayRead() && !reading.isHeld(partition) ? places.wanted(partition) : OptionalLong.empty();
    }

    OptionalLong position(TopicPartition partition) {
        return places.position(partition);
    }

    /** Takes what was polled between two offsets, where that is where it stands. Answers whether the ledger took any. */
    boolean take(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> polled, long from, long to) {
        if (!standing.mayRead() || reading.isHeld(partition)) {
            return false;
        }
        List<ConsumerRecord<byte[], byte[]>> fresh = places.show(partition, polled, from, to);
        if (fresh.isEmpty()) {
            return false;
        }
        try {
            List<TriggerRecord> read = reading.read(partition, source(partition), fresh, served.reader());
            if (read.isEmpty()) {
                return false;
            }
            Optional<String> rages = storm.with(read, served.reader().storm());
            if (rages.isPresent()) {
                stopFor(rages.get(), partition);
                return false;
            }
            boolean all = true;
            for (List<TriggerRecord> complete :
                    gathering.add(partition, read, served.reader().batching())) {
                all = all && accept(partition, complete);
            }
            return all;
        } catch (DataAccessException e) {
            standing.waitForLedger(e.toString());
            doubt(List.of(partition));
            return false;
        }
    }

    /** An operator decides: it is as paused as by one. */
    private void stopFor(String storm, TopicPartition partition) {
        LOG.error("Trigger {} stops: {}", served.name(), storm);
        ledger.triggers().pause(served.name(), storm, Storm.ACTOR);
        doubt(List.of(partition));
        standing.obey(true, ledger.triggerLogs().stops(served.name()));
    }

    /** Takes what has waited long enough for others. Answers whether the ledger took any. */
    boolean takeDue() {
        boolean any = false;
        for (TopicPartition partition : gathering.due(served.reader().batching())) {
            any |= standing.mayRead() && accept(partition, gathering.take(partition));
        }
        return any;
    }

    private boolean accept(TopicPartition partition, List<TriggerRecord> read) {
        SourceRecord last = read.getLast().record();
        TriggerBatch batch = new TriggerBatch(
                source(partition),
                places.position(partition).orElseThrow(),
                last.offset() + 1,
                served.reader().join(read));
        try {
            return switch (ledgerTakes.take(batch)) {
                case BatchAccepted.Taken taken -> {
                    places.taken(partition, batch.next());
                    meters.taken(batch, taken.deadLetters());
                    standing.goOn();
                    yield true;
                }
                case BatchAccepted.Stale(OptionalLong position) -> {
                    LOG.info("{} was elsewhere than at {}: {}", batch.source(), batch.from(), position);
                    doubt(List.of(partition));
                    yield false;
                }
                case BatchAccepted.LedgerRestored restored -> {
                    standing.waitForAcceptance("ledger-restored: it stands at " + restored.highWater()
                            + ", marks are at " + restored.mark()
                            + "; accept it with: reprise audit --all --accept");
                    gathering.forget(List.of(partition));
                    places.rewind(partition);
                    yield false;
                }
            };
        } catch (DataAccessException e) {
            standing.waitForLedger(e.toString());
            // Part of the batch may have been taken: ask the ledger where to go on.
            doubt(List.of(partition));
            return false;
        }
    }

    /**
     * Says what it does, and goes past what the topic no longer has.
     *
     * @param kafka what Kafka says of the topic; empty where it says nothing
     */
    void report(Optional<KafkaView> kafka, Set<TopicPartition> assigned) {
        try {
            String lag = "[]";
            if (kafka.isPresent()) {
                places.passed(gathering.partitions()).forEach(this::pass);
                Map<Integer, Position> positions = ledger.triggers().positions(served.name(), places.log());
                Lag found =
                        Lag.between(positions, kafka.get().logs(), kafka.get().committed());
                meters.lag(found.records(TopicConsumer.numbers(assigned)));
                standing.kafkaAnswers();
                lag = found.json();
                answer(kafka.get());
            }
            ledger.triggers().report(served.name(), places.log(), standing.word(), standing.error(), lag);
        } catch (KafkaException e) {
            standing.waitForKafka(e.toString());
        } catch (DataAccessException e) {
            LOG.debug("Trigger {} could not report its state", served.name(), e);
        }
    }

    private void answer(KafkaView kafka) {
        for (Instant instant : ledger.triggerPlaces().asked(served.name())) {
            String offsets = kafka.offsetsAt().apply(instant).entrySet().stream()
                    .map(it -> "\"" + it.getKey().partition() + "\":" + it.getValue())
                    .collect(Collectors.joining(",", "{", "}"));
            ledger.triggerPlaces().answer(served.name(), instant, offsets);
        }
    }

    private void pass(TopicPartition partition, long reached) {
        long position = places.position(partition).orElseThrow();
        TriggerBatch passed = new TriggerBatch(source(partition), position, reached, List.of());
        if (standing.mayRead() && ledgerTakes.take(passed) instanceof BatchAccepted.Taken) {
            places.taken(partition, reached);
        }
    }

    private TriggerBatch.Source source(TopicPartition partition) {
        return new TriggerBatch.Source(served.name(), places.log().id(), partition.partition());
    }

    /** Reads no more here. */
    void rest() {
        meters.rest();
    }
}
