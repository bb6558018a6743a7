package io.reprise.db.shared;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Some rows of a list that is sorted by name.
 *
 * @param next the name after which the next page begins; empty on the last one
 */
public record NamedPage<T>(List<T> items, Optional<String> next) {

    public NamedPage {
        items = List.copyOf(items);
    }

    /** Of the rows that were asked for, one more than the page holds. */
    public static <T> NamedPage<T> of(List<T> probed, int size, Function<T, String> name) {
        if (probed.size() <= size) {
            return new NamedPage<>(probed, Optional.empty());
        }
        List<T> items = probed.subList(0, size);
        return new NamedPage<>(items, Optional.of(name.apply(items.getLast())));
    }
}
