package io.reprise.catalog.shared;

import org.jspecify.annotations.Nullable;

/** Makes of a record's value what paths can be followed in. */
@FunctionalInterface
public interface RecordDecoder {

    /**
     * Reads one value.
     *
     * @param schema the header that names the value's schema, where the record has it
     */
    Decoding decode(byte[] value, byte @Nullable [] schema);

    /** Of records that are JSON. */
    static Decoding json(byte[] value, byte @Nullable [] schema) {
        try {
            return new Decoding.Read(JsonText.read(value));
        } catch (MalformedJson malformed) {
            return new Decoding.Bad(malformed.error().found(), malformed.error().expected());
        }
    }

    /** What became of the wish to read a value. */
    sealed interface Decoding {

        record Read(Json document) implements Decoding {}

        /** The bytes are not what they should be, and will not be another time. */
        record Bad(String found, String expected) implements Decoding {}

        /** Nobody has the schema; a few more questions may find it. */
        record Unknown(String words) implements Decoding {}

        /** Nobody could say. It is no fault of the record's. */
        record Away(String words) implements Decoding {}
    }
}
