package io.reprise.db.shared;

import java.util.List;
import java.util.OptionalLong;

/**
 * Some rows of a list, newest first, and where the next ones begin.
 *
 * @param next cursor of the next page; empty on the last one
 */
public record Page<T>(List<T> items, OptionalLong next) {

    public static final int MOST = 500;

    public Page {
        items = List.copyOf(items);
    }
}
