package io.reprise.activities.producer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A record as Kafka takes it. Its bytes belong to it: whoever made them leaves them alone. */
public final class Outgoing {

    /** What Kafka's client keeps beside the bytes of a record, roughly. */
    private static final long BESIDE = 128;

    private final String topic;
    private final byte @Nullable [] key;
    private final byte @Nullable [] value;
    private final Optional<Instant> time;
    private final List<Header> headers;

    private Outgoing(
            String topic,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Optional<Instant> time,
            List<Header> headers) {
        this.topic = topic;
        this.key = key;
        this.value = value;
        this.time = time;
        this.headers = List.copyOf(headers);
    }

    /**
     * A record that happens when it is sent.
     *
     * @param key records with one key keep their order; without one there is none
     * @param value a record without one is a tombstone
     */
    public static Outgoing of(String topic, byte @Nullable [] key, byte @Nullable [] value) {
        return new Outgoing(topic, key, value, Optional.empty(), List.of());
    }

    /** When it happened: Kafka's retention counts from there. */
    public Outgoing at(Instant moment) {
        return new Outgoing(topic, key, value, Optional.of(moment), headers);
    }

    public Outgoing with(Header header) {
        List<Header> more = new ArrayList<>(headers);
        more.add(header);
        return new Outgoing(topic, key, value, time, more);
    }

    ProducerRecord<byte[], byte[]> forKafka() throws Unwritable {
        if (time.isPresent() && time.get().isBefore(Instant.EPOCH)) {
            throw new Unwritable("the time " + time.get(), "one since 1970, for Kafka has no other");
        }
        Long millis = time.map(Instant::toEpochMilli).orElse(null);
        return new ProducerRecord<>(topic, null, millis, key, value, headers);
    }

    /** What it takes of a buffer. */
    long size() {
        long size = BESIDE + length(key) + length(value);
        for (Header header : headers) {
            size += header.key().length() + length(header.value());
        }
        return size;
    }

    private static long length(byte @Nullable [] part) {
        return part == null ? 0 : part.length;
    }
}
