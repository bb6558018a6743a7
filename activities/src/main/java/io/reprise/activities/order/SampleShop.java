package io.reprise.activities.order;

import io.reprise.activities.sql.Pipeline;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A shop to try things in: skus {@code sku-0} to {@code sku-999}, accounts {@code acc-0} to {@code acc-999}, and one of each
 * that has nothing. Seeding again adds what is missing and changes nothing else.
 */
public final class SampleShop {

    private static final String SKUS = """
            insert into shop.inventory (sku, on_hand)
            select 'sku-' || n, 1000000 from generate_series(0, 999) n
            union all select 'sku-empty', 0
            on conflict do nothing""";

    private static final String ACCOUNTS = """
            insert into shop.accounts (account_id, balance_minor, currency)
            select 'acc-' || n, 1000000000, 'EUR' from generate_series(0, 999) n
            union all select 'acc-poor', 0, 'EUR'
            on conflict do nothing""";

    private static final String PROBED = """
            select (select count(*) from shop.inventory where sku in ('sku-0', 'sku-999', 'sku-empty'))
                + (select count(*) from shop.accounts where account_id in ('acc-0', 'acc-999', 'acc-poor'))""";

    private static final int PROBES = 6;

    private SampleShop() {}

    public static void seed(DataSource shop) throws SQLException {
        try (Connection connection = shop.getConnection()) {
            connection.setAutoCommit(false);
            new Pipeline().add(SKUS).add(ACCOUNTS).run(connection);
            connection.commit();
        }
    }

    /** Fails where the shop cannot be asked, as before its migration. */
    public static boolean isSeeded(DataSource shop) throws SQLException {
        try (Connection connection = shop.getConnection()) {
            boolean seeded = new Pipeline()
                            .add(PROBED)
                            .run(connection)
                            .getFirst()
                            .rows()
                            .getFirst()
                            .number(0)
                    == PROBES;
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            return seeded;
        }
    }
}
