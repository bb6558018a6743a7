package io.reprise.activities.sql;

/** What a step hands on of what its SQL did. */
public sealed interface Output {

    /** The rows that its statements changed, together. */
    record Affected() implements Output {}

    /** The first column of the first row of the last statement that answers rows. */
    record FirstValue() implements Output {}

    /** A column of that row, by its name, whatever the case of its letters. */
    record Column(String name) implements Output {}

    /** As it stands in a pipeline: {@code affected}, {@code value}, or the name of a column. */
    static Output of(String written) {
        return switch (written) {
            case "affected" -> new Affected();
            case "value" -> new FirstValue();
            default -> new Column(written);
        };
    }
}
