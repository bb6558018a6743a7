package io.reprise.activities.order;

import io.reprise.workflows.order.OrderLine;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** So many of one thing, whatever lines asked for it. */
record SkuQuantity(String sku, long quantity) {

    /** The sum for each sku, sorted by it: the order in which rows are locked. */
    static List<SkuQuantity> of(List<OrderLine> lines) {
        Map<String, Long> sums = new TreeMap<>();
        for (OrderLine line : lines) {
            sums.merge(line.sku().value(), (long) line.quantity(), Math::addExact);
        }
        return sums.entrySet().stream()
                .map(sum -> new SkuQuantity(sum.getKey(), sum.getValue()))
                .toList();
    }
}
