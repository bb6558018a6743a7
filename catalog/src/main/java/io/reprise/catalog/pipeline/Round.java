package io.reprise.catalog.pipeline;

/**
 * One round of a {@code for-each}.
 *
 * @param step id of the step as it was written
 * @param as the name under which the step reads the value
 * @param parallel how many rounds run beside each other at most
 */
public record Round(String step, String as, Object value, int parallel) {

    /** The id of this round, such as {@code load[EU]}. */
    public String id() {
        return step + "[" + value + "]";
    }
}
