package io.reprise.cli.shared;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The query of a path: only what was given. */
public final class Query {

    private final List<String> parts = new ArrayList<>();

    public Query with(String name, @Nullable Object value) {
        if (value != null) {
            parts.add(name + "=" + ApiClient.segment(value.toString()));
        }
        return this;
    }

    @Override
    public String toString() {
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }
}
