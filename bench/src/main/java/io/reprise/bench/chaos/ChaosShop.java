package io.reprise.bench.chaos;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The stock and the accounts that the load uses: few of each, so that orders meet at the same rows. */
final class ChaosShop {

    static final String CURRENCY = "EUR";
    static final int SKUS = 12;
    static final int SCARCE_SKUS = 4;
    static final int ACCOUNTS = 12;
    static final String EMPTY_SKU = "chaos-sku-empty";
    static final String UNKNOWN_SKU = "chaos-sku-unknown";
    static final String POOR_ACCOUNT = "chaos-acc-poor";
    static final String UNKNOWN_ACCOUNT = "chaos-acc-unknown";

    private static final long PLENTY = 1_000_000;
    private static final long SCARCE = 60;
    private static final long RICH_MINOR = 1_000_000_000_000L;

    private ChaosShop() {}

    static String sku(int number) {
        return "chaos-sku-" + number;
    }

    static String scarceSku(int number) {
        return "chaos-sku-scarce-" + number;
    }

    static String account(int number) {
        return "chaos-acc-" + number;
    }

    /** What lies in stock before the first order. */
    static Map<String, Long> stock() {
        Map<String, Long> stock = new LinkedHashMap<>();
        for (int n = 0; n < SKUS; n++) {
            stock.put(sku(n), PLENTY);
        }
        for (int n = 0; n < SCARCE_SKUS; n++) {
            stock.put(scarceSku(n), SCARCE);
        }
        stock.put(EMPTY_SKU, 0L);
        return stock;
    }

    /** What lies on the accounts before the first order. */
    static Map<String, Long> balances() {
        Map<String, Long> balances = new LinkedHashMap<>();
        for (int n = 0; n < ACCOUNTS; n++) {
            balances.put(account(n), RICH_MINOR);
        }
        balances.put(POOR_ACCOUNT, 0L);
        return balances;
    }

    static void fill(Connection shop) throws SQLException {
        try (PreparedStatement sku = shop.prepareStatement("insert into shop.inventory (sku, on_hand) values (?, ?)");
                PreparedStatement account = shop.prepareStatement(
                        "insert into shop.accounts (account_id, balance_minor, currency) values (?, ?, ?)")) {
            for (Map.Entry<String, Long> entry : stock().entrySet()) {
                sku.setString(1, entry.getKey());
                sku.setLong(2, entry.getValue());
                sku.addBatch();
            }
            sku.executeBatch();
            for (Map.Entry<String, Long> entry : balances().entrySet()) {
                account.setString(1, entry.getKey());
                account.setLong(2, entry.getValue());
                account.setString(3, CURRENCY);
                account.addBatch();
            }
            account.executeBatch();
        }
    }
}
