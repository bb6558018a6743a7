package io.reprise.activities.producer;

import java.util.List;

/**
 * What a producer leaves when it stops.
 *
 * @param acknowledged how many of those that were under way then were acknowledged in time
 * @param undelivered each of the others, oldest first
 */
public record Stopped<T>(int acknowledged, List<Undelivered<T>> undelivered) {

    /** A value that was asked to be sent, and why nobody acknowledged it. */
    public record Undelivered<T>(T value, Delivery delivery) {}

    public Stopped {
        undelivered = List.copyOf(undelivered);
    }
}
