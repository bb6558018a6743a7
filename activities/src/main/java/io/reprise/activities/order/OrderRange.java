package io.reprise.activities.order;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Orders that are audited together, by their ids as bytes.
 *
 * @param after the last id before them; the empty one is before all
 * @param last empty where they go on to the last order of all
 */
record OrderRange(String after, Optional<String> last) {

    static final OrderRange ALL = new OrderRange("", Optional.empty());

    /** The ranges that end with each of these ids, which are in order, and the one after them. */
    static List<OrderRange> endingWith(List<String> lastIds) {
        List<OrderRange> ranges = new ArrayList<>();
        String after = "";
        for (String last : lastIds) {
            ranges.add(new OrderRange(after, Optional.of(last)));
            after = last;
        }
        ranges.add(new OrderRange(after, Optional.empty()));
        return ranges;
    }

    boolean has(String orderId) {
        return orderId.compareTo(after) > 0
                && last.filter(id -> orderId.compareTo(id) > 0).isEmpty();
    }

    boolean isFirst() {
        return after.isEmpty();
    }
}
