package io.reprise.activities.contract;

import org.apache.avro.Schema;

/** What became of the wish to read a record. */
public sealed interface Decoded {

    /**
     * The record could be read.
     *
     * @param record as the reader wants it: a {@code GenericRecord} where the schema is one, else Avro's generic value
     * @param writer what it was written with
     */
    record Value(Object record, SchemaReference reference, Schema writer) implements Decoded {}

    /** The bytes are not what they say that they are; they will not be another time. */
    record Poison(String words) implements Decoded {}

    /** Nobody has the schema; a few more questions may find it. */
    record Unknown(SchemaReference reference, String words) implements Decoded {}

    /** Nobody could say. It is no fault of the record's: wait, and read it again. */
    record Away(SchemaReference reference, String words) implements Decoded {}
}
