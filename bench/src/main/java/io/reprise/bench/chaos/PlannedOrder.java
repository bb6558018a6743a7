package io.reprise.bench.chaos;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An order that the load will place.
 *
 * @param repeats over which doors the same order is placed again, with the same content
 * @param contradiction over which door an order of the same id but other content is tried
 * @param cancelAfter how long after the first placing a cancel is sent
 */
record PlannedOrder(
        String orderId,
        String accountId,
        String currency,
        List<Line> lines,
        Fate fate,
        Door door,
        List<Door> repeats,
        Optional<Door> contradiction,
        Optional<Duration> cancelAfter) {

    /** How an order comes in. */
    enum Door {
        HTTP,
        KAFKA
    }

    PlannedOrder {
        lines = List.copyOf(lines);
        repeats = List.copyOf(repeats);
    }

    long totalMinor() {
        return lines.stream().mapToLong(Line::amountMinor).reduce(0, Math::addExact);
    }

    String json() {
        return json(0);
    }

    /** The same id with one more of the first sku. */
    String contradictingJson() {
        return json(1);
    }

    private String json(int more) {
        ObjectNode order = JsonNodeFactory.instance.objectNode();
        order.put("orderId", orderId).put("accountId", accountId).put("currency", currency);
        ArrayNode list = order.putArray("lines");
        for (Line line : lines) {
            list.addObject()
                    .put("sku", line.sku())
                    .put("quantity", line.quantity() + (line.equals(lines.getFirst()) ? more : 0))
                    .put("unitPriceMinor", line.unitPriceMinor());
        }
        return order.toString();
    }
}
