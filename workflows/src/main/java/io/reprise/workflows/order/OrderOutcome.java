package io.reprise.workflows.order;

/** What a completed order came to. */
public record OrderOutcome(OrderId orderId, long totalMinor, String currency) {}
