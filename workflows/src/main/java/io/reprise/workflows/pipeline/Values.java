package io.reprise.workflows.pipeline;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Values by name, in the order of their names, so that equal values are equal texts. */
final class Values {

    private Values() {}

    static Map<String, @Nullable Object> copyOf(@Nullable Map<String, ? extends @Nullable Object> values) {
        return values == null ? Collections.emptySortedMap() : Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }
}
