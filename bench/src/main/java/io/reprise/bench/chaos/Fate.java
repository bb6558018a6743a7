package io.reprise.bench.chaos;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a planned order runs into when nobody cancels it. */
enum Fate {
    PLENTY(true, null),
    LAST_ONES(true, "out-of-stock"),
    EMPTY_SKU(false, "out-of-stock"),
    UNKNOWN_SKU(false, "unknown-sku"),
    UNKNOWN_ACCOUNT(false, "unknown-account"),
    POOR_ACCOUNT(false, "insufficient-funds"),
    OTHER_CURRENCY(false, "currency-mismatch");

    private final boolean mayComplete;
    private final Optional<String> refusal;

    Fate(boolean mayComplete, @Nullable String refusal) {
        this.mayComplete = mayComplete;
        this.refusal = Optional.ofNullable(refusal);
    }

    boolean mayComplete() {
        return mayComplete;
    }

    /** The reason with which the order may be rejected. */
    Optional<String> refusal() {
        return refusal;
    }
}
