package io.reprise.activities.order;

import io.reprise.workflows.order.AccountId;
import io.reprise.workflows.order.Order;
import io.reprise.workflows.order.OrderId;
import io.reprise.workflows.order.OrderLine;
import io.reprise.workflows.order.Sku;
import java.util.Arrays;

/** Orders as tests write them. */
public final class ShopOrders {

    private ShopOrders() {}

    public static Order order(String id, String account, OrderLine... lines) {
        return new Order(new OrderId(id), new AccountId(account), "EUR", Arrays.asList(lines));
    }

    public static OrderLine line(String sku, int quantity, long unitPriceMinor) {
        return new OrderLine(new Sku(sku), quantity, unitPriceMinor);
    }
}
