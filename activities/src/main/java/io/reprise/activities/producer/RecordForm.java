package io.reprise.activities.producer;

/** How values become records: their topic, key, bytes and time. Many threads use one form. */
@FunctionalInterface
public interface RecordForm<T> {

    Outgoing write(T value) throws Unwritable;

    /** For those who have the bytes. */
    static RecordForm<Outgoing> asItIs() {
        return record -> record;
    }
}
