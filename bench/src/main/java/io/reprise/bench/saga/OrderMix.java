package io.reprise.bench.saga;

import io.reprise.workflows.order.AccountId;
import io.reprise.workflows.order.Order;
import io.reprise.workflows.order.OrderId;
import io.reprise.workflows.order.OrderLine;
import io.reprise.workflows.order.Sku;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.SplittableRandom;

/** Orders that all complete, spread over so many rows that they rarely meet. The n-th is the same for every contender. */
final class OrderMix {

    private static final int SKUS = 1000;
    private static final int ACCOUNTS = 1000;

    private OrderMix() {}

    static Order order(String contender, long number) {
        SplittableRandom chance = new SplittableRandom(number);
        int sku = chance.nextInt(SKUS);
        return new Order(
                new OrderId(contender + "-" + number),
                new AccountId("bench-acc-" + chance.nextInt(ACCOUNTS)),
                "EUR",
                List.of(line(sku, chance), line((sku + 1 + chance.nextInt(SKUS - 1)) % SKUS, chance)));
    }

    private static OrderLine line(int sku, SplittableRandom chance) {
        return new OrderLine(new Sku("bench-sku-" + sku), 1 + chance.nextInt(3), 100 + chance.nextInt(900));
    }

    static void fill(Connection shop) throws SQLException {
        try (Statement statement = shop.createStatement()) {
            statement.execute("insert into shop.inventory (sku, on_hand) select 'bench-sku-' || n, 1000000000"
                    + " from generate_series(0, " + (SKUS - 1) + ") n");
            statement.execute("insert into shop.accounts (account_id, balance_minor, currency)"
                    + " select 'bench-acc-' || n, 1000000000000, 'EUR' from generate_series(0, " + (ACCOUNTS - 1)
                    + ") n");
            statement.execute("analyze shop.inventory, shop.accounts");
        }
    }
}
