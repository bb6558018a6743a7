package io.reprise.activities.sql;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What the statements of a script did, in order. */
public record ScriptOutcome(List<SqlOutcome> statements) {

    public ScriptOutcome {
        statements = List.copyOf(statements);
    }

    /** The rows that were changed, together. */
    public long changed() {
        return statements.stream().mapToLong(SqlOutcome::changed).sum();
    }

    /** What the last statement that answers rows did. */
    public Optional<SqlOutcome> answer() {
        return statements.reversed().stream().filter(SqlOutcome::answersRows).findFirst();
    }

    /**
     * The values to hand on, by name, as JSON has them: text, numbers, booleans and null.
     *
     * @throws io.temporal.failure.ApplicationFailure where one is not there, or is too large
     */
    public Map<String, @Nullable Object> outputs(Map<String, Output> wanted) {
        Map<String, @Nullable Object> outputs = new LinkedHashMap<>();
        wanted.forEach((name, output) -> outputs.put(name, OutputLimits.scalar(name, value(name, output))));
        return OutputLimits.checked(outputs);
    }

    private SqlValue value(String name, Output output) {
        return switch (output) {
            case Output.Affected _ -> new SqlValue.Whole(changed());
            case Output.FirstValue _ -> firstRow(name, 0);
            case Output.Column column -> {
                OptionalInt index = answer().map(answered -> answered.columnNamed(column.name()))
                        .orElse(OptionalInt.empty());
                if (index.isEmpty()) {
                    throw OutputLimits.refused("cannot take output " + name + ": found columns "
                            + answer().map(SqlOutcome::columns).orElse(List.of()) + " (expected: " + column.name()
                            + ")");
                }
                yield firstRow(name, index.getAsInt());
            }
        };
    }

    private SqlValue firstRow(String name, int column) {
        SqlOutcome answered = answer().orElseThrow(() -> OutputLimits.refused(
                "cannot take output " + name + ": no statement answers rows (expected: one that does)"));
        return answered.first().isEmpty()
                ? new SqlValue.Absent()
                : answered.first().getFirst().get(column);
    }
}
