package io.reprise.cli.order;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.cli.shared.Table;

final class OrderTable {

    private OrderTable() {}

    static Table of(JsonNode order) {
        return Table.card(order, "orderId", "status", "forward", "compensation", "reason")
                .then(Table.of(order.path("steps"), "id", "forward", "compensation", "attempts"));
    }
}
