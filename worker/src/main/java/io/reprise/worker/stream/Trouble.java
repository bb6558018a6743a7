package io.reprise.worker.stream;

import io.reprise.activities.stream.Filled;

/**
 * What keeps a stream from loading all that it should.
 *
 * @param state as operators see it, such as {@code WAITING_FOR_KAFKA}
 */
record Trouble(String state, String why) {

    static Trouble kafka(Exception found) {
        return new Trouble("WAITING_FOR_KAFKA", found.toString());
    }

    static Trouble database(Exception found) {
        return new Trouble("WAITING_FOR_DATABASE", found.toString());
    }

    static Trouble ledger(Exception found) {
        return new Trouble("WAITING_FOR_LEDGER", found.toString());
    }

    static Trouble failing(String why) {
        return new Trouble("FAILING", why);
    }

    static Trouble of(Filled.Hindrance found) {
        return new Trouble(found.isAway() ? "WAITING_FOR_REGISTRY" : "WAITING_FOR_SCHEMA", found.words());
    }
}
