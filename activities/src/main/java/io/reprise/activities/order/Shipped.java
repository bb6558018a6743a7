package io.reprise.activities.order;

import java.util.List;

/** What {@code complete} records: what left the stock. */
record Shipped(List<SkuQuantity> lines) {

    Shipped {
        lines = List.copyOf(lines);
    }
}
