package io.reprise.activities.contract;

/** What the first bytes of a key or a value say, and its header. */
public sealed interface Framing {

    /**
     * The schema has a name.
     *
     * @param offset where what was written with the schema begins
     */
    record Framed(SchemaReference schema, int offset) implements Framing {}

    /** There is no schema's name where one was expected. */
    record Unframed(String words) implements Framing {}
}
