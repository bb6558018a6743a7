package io.reprise.db.shared;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jooq.Field;
import org.jooq.Record;

/** How many rows, and after which cursor. */
public record PageRequest(OptionalLong cursor, int size) {

    public PageRequest {
        if (size < 1 || size > Page.MOST) {
            throw new IllegalArgumentException("cannot page by " + size + " (expected: 1 to " + Page.MOST + ")");
        }
    }

    public static PageRequest first(int size) {
        return new PageRequest(OptionalLong.empty(), size);
    }

    public PageRequest after(long cursor) {
        return new PageRequest(OptionalLong.of(cursor), size);
    }

    /** A seq that is above every row of this page. */
    public long below() {
        return cursor.orElse(Long.MAX_VALUE);
    }

    /** One row more than the page holds tells whether there is a next one. */
    public int probe() {
        return size + 1;
    }

    public <T> Page<T> of(List<T> probed, ToLongFunction<T> seq) {
        if (probed.size() <= size) {
            return new Page<>(probed, OptionalLong.empty());
        }
        List<T> items = probed.subList(0, size);
        return new Page<>(items, OptionalLong.of(seq.applyAsLong(items.getLast())));
    }

    /** The page of a follower: it may always ask again from behind the last row that it read. */
    public <R extends Record, T> Page<T> follow(List<R> rows, Field<Long> seq, Function<? super R, T> read) {
        OptionalLong next = rows.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(rows.getLast().get(seq));
        return new Page<>(rows.stream().map(read).toList(), next);
    }
}
