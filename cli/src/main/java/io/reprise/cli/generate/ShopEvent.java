package io.reprise.cli.generate;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;

/** One line of an order, as the shop told it. */
record ShopEvent(
        UUID eventId,
        Instant occurredAt,
        String orderId,
        String sku,
        String region,
        int quantity,
        long unitPriceMinor,
        long rowHash) {

    LocalDate day() {
        return occurredAt.atZone(ZoneOffset.UTC).toLocalDate();
    }
}
