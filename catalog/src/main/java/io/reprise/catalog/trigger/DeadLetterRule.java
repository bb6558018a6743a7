package io.reprise.catalog.trigger;

/**
 * When a record is given up.
 *
 * @param attempts how often its schema is asked for, with longer and longer pauses, before it counts as unknown
 */
public record DeadLetterRule(int attempts, StormRule storm) {

    static final int MOST_ATTEMPTS = 100;
    static final DeadLetterRule USUAL = new DeadLetterRule(5, StormRule.USUAL);
}
