package io.reprise.activities.producer;

import java.time.Duration;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A client that takes a record and is lost, as Kafka's own throws after it put a record into a batch. */
final class LosingProducer extends MockProducer<byte[], byte[]> {

    private final boolean isLostBySending;
    private final boolean failsWhatItHas;

    private LosingProducer(boolean isLostBySending, boolean failsWhatItHas) {
        super(false, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
        this.isLostBySending = isLostBySending;
        this.failsWhatItHas = failsWhatItHas;
    }

    static LosingProducer lost() {
        return new LosingProducer(true, true);
    }

    /** What it has is not told when it is closed. */
    static LosingProducer lostInSilence() {
        return new LosingProducer(true, false);
    }

    static LosingProducer closedTooEarly() {
        return new LosingProducer(false, true);
    }

    /** What a client says of what it has when it is closed. */
    static KafkaException lastWords() {
        return new KafkaException("Producer is closed forcefully.");
    }

    @Override
    public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        Future<RecordMetadata> taken = super.send(record, callback);
        if (isLostBySending) {
            throw new KafkaException("Cannot execute transactional method because we are in an error state");
        }
        return taken;
    }

    @Override
    public void close(Duration timeout) {
        super.close(timeout);
        while (failsWhatItHas && errorNext(lastWords())) {
            // Until it has none.
        }
    }
}
