package io.reprise.workflows.stream;

/** Which stream of the catalog that is applied is to be balanced. */
public record BalanceOrder(String connection, String stream) {}
