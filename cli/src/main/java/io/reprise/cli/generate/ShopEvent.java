package io.reprise.cli.generate;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * One line of an order, as the shop told it.
 *
 * @param version of the contract that it is written by: older ones have fewer fields
 */
record ShopEvent(
        UUID eventId,
        Instant occurredAt,
        String orderId,
        String sku,
        String region,
        int quantity,
        long unitPriceMinor,
        String channel,
        String payment,
        int version) {

    LocalDate day() {
        return occurredAt.atZone(ZoneOffset.UTC).toLocalDate();
    }
}
