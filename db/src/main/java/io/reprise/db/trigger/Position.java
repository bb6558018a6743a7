package io.reprise.db.trigger;

import java.util.Optional;

/**
 * Where a trigger goes on in a partition.
 *
 * @param next the offset of the first record that is not accepted yet
 * @param last the record that was accepted last, if one was
 */
public record Position(long next, Optional<Last> last) {

    /** A record by its place and its content, to be known again. */
    public record Last(long offset, String digest) {}
}
