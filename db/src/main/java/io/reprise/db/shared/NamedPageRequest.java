package io.reprise.db.shared;

import java.util.Optional;

/** How many rows of a list that is sorted by name, and after which of them. */
public record NamedPageRequest(Optional<String> after, int size) {

    public NamedPageRequest {
        if (size < 1 || size > Page.MOST) {
            throw new IllegalArgumentException("cannot page by " + size + " (expected: 1 to " + Page.MOST + ")");
        }
    }

    public static NamedPageRequest first(int size) {
        return new NamedPageRequest(Optional.empty(), size);
    }

    public NamedPageRequest after(String name) {
        return new NamedPageRequest(Optional.of(name), size);
    }

    /** A name that is below every one of this page. */
    public String above() {
        return after.orElse("");
    }

    /** One row more than the page holds tells whether there is a next one. */
    public int probe() {
        return size + 1;
    }
}
