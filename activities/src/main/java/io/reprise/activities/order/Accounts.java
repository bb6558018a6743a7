package io.reprise.activities.order;

import io.reprise.activities.sql.Pipeline;
import io.reprise.activities.sql.Row;
import io.reprise.activities.sql.StatementResult;
import io.reprise.workflows.order.Order;
import io.reprise.workflows.saga.Refusal;
import io.temporal.failure.ApplicationFailure;

/** The statements on {@code shop.accounts}. */
final class Accounts {

    private static final String LOCK =
            "select currency, balance_minor from shop.accounts where account_id = ? for no key update";

    private static final String DEBIT = """
            update shop.accounts set balance_minor = balance_minor - ?, spent_minor = spent_minor + ?
            where account_id = ? and currency = ? and balance_minor >= ?""";

    private static final String REFUND = """
            update shop.accounts set balance_minor = balance_minor + ?, spent_minor = spent_minor - ?
            where account_id = ? and currency = ?""";

    private Accounts() {}

    static Pipeline debit(Debited debit) {
        long amount = debit.amountMinor();
        return new Pipeline()
                .add(LOCK, debit.accountId())
                .add(DEBIT, amount, amount, debit.accountId(), debit.currency(), amount);
    }

    static Pipeline refund(Debited debit) {
        long amount = debit.amountMinor();
        return new Pipeline().add(REFUND, amount, amount, debit.accountId(), debit.currency());
    }

    /** Refuses unless the amount was taken. */
    static void requireDebited(Order order, StatementResult locked, StatementResult changed) {
        if (changed.count() == 1) {
            return;
        }
        String tried = "cannot take " + order.totalMinor() + " " + order.currency() + " from " + order.accountId();
        if (locked.rows().isEmpty()) {
            throw Refusal.because("unknown-account", tried + ": there is no such account");
        }
        Row account = locked.rows().getFirst();
        if (!account.text(0).equals(order.currency())) {
            throw Refusal.because("currency-mismatch", tried + ": the account is kept in " + account.text(0));
        }
        throw Refusal.because("insufficient-funds", tried + ": found " + account.number(1));
    }

    static void requireRefunded(Debited debit, StatementResult changed) {
        if (changed.count() != 1) {
            throw ApplicationFailure.newFailure(
                    "cannot give " + debit.amountMinor() + " " + debit.currency() + " back to " + debit.accountId()
                            + ": there is no such account in that currency",
                    OrderTable.SHOP_CHANGED);
        }
    }
}
