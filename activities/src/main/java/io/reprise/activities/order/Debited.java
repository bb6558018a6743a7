package io.reprise.activities.order;

/** What {@code debit-account} records, and {@code refund} gives back. */
record Debited(String accountId, String currency, long amountMinor) {}
