package io.reprise.activities.contract;

import org.apache.avro.Schema;

/** Knows schemas by what records name them. */
public interface SchemaSource {

    Answer resolve(SchemaReference reference);

    /** What is known of a reference, now. */
    sealed interface Answer {

        record Found(Schema schema) implements Answer {}

        /** There is no such schema, or none that Avro can read; there may be one in a moment, so ask a few times. */
        record Unknown(String words) implements Answer {}

        /** Nobody could say. It is no fault of the record's: wait, and ask again. */
        record Away(String words) implements Answer {}
    }
}
