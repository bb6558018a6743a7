package io.reprise.activities.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One returned row; columns count from 0. */
public record Row(List<@Nullable Object> values) {

    public String text(int column) {
        return present(column).toString();
    }

    public @Nullable String textOrNull(int column) {
        Object value = values.get(column);
        return value == null ? null : value.toString();
    }

    public long number(int column) {
        return ((Number) present(column)).longValue();
    }

    private Object present(int column) {
        Object value = values.get(column);
        if (value == null) {
            throw new IllegalStateException("column " + column + " of a returned row is null (expected: a value)");
        }
        return value;
    }
}
