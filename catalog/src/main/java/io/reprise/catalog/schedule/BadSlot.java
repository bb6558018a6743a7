package io.reprise.catalog.schedule;

/** A name that is the name of no slot, or bounds that hold none. */
public final class BadSlot extends Exception {

    BadSlot(String message) {
        super(message);
    }
}
