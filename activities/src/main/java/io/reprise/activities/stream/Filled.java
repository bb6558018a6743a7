package io.reprise.activities.stream;

import java.util.Optional;

/**
 * How far records went into a batch.
 *
 * @param hindrance why not all of them did
 */
public record Filled(Reach reach, Optional<Hindrance> hindrance) {

    /**
     * What keeps a record from being read today, and is no fault of its own.
     *
     * @param offset of the record
     * @param isAway whether nobody answers, so that not even waiting longer can make it a dead letter
     */
    public record Hindrance(long offset, boolean isAway, String words) {}
}
