package io.reprise.activities.order;

import java.util.List;

/** What {@code reserve-stock} records, and {@code release-stock} gives back. */
record Reserved(List<SkuQuantity> lines) {

    Reserved {
        lines = List.copyOf(lines);
    }
}
