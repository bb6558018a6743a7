package io.reprise.db.deadletter;

import java.util.OptionalInt;

/**
 * A dead letter in a list, which may be long and its records large.
 *
 * @param letter with the first {@value #SHOWN} bytes of its record's key and value
 * @param keySize in bytes, of the whole key; empty where the record has none
 * @param valueSize in bytes, of the whole value; empty where the record has none
 */
public record ListedLetter(DeadLetter letter, OptionalInt keySize, OptionalInt valueSize) {

    public static final int SHOWN = 200;
}
