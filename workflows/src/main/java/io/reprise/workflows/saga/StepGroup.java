package io.reprise.workflows.saga;

/**
 * Steps of which only so many may be under way beside each other: what a {@code for-each} became.
 *
 * @param name the id of the step as it was written, such as {@code load} for {@code load[EU]}
 */
public record StepGroup(String name, int parallel) {

    public StepGroup {
        if (name.isBlank() || parallel < 1) {
            throw new IllegalArgumentException("cannot run " + parallel + " steps of '" + name
                    + "' beside each other (expected: a name, and at least one)");
        }
    }
}
