package io.reprise.cli.generate;

import java.time.Instant;

/** What is sent to the topic. */
sealed interface Parcel {

    /**
     * An event.
     *
     * @param isLate whether it comes after its day
     */
    record Sale(ShopEvent event, boolean isLate) implements Parcel {}

    /** Bytes that are no event. */
    record Poison(Ailment ailment, Instant at) implements Parcel {}

    enum Ailment {
        /** A word without a schema. */
        UNFRAMED,
        /** The first bytes of an event. */
        CUT
    }
}
