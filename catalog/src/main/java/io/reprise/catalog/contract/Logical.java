package io.reprise.catalog.contract;

import java.util.Optional;
import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** What a type means beyond its bytes. */
final class Logical {

    private static final Set<String> TIMES = Set.of(
            "timestamp-millis",
            "timestamp-micros",
            "timestamp-nanos",
            "local-timestamp-millis",
            "local-timestamp-micros",
            "local-timestamp-nanos",
            "time-millis",
            "time-micros",
            "time-nanos");

    private Logical() {}

    /** The name that is written, whether Avro knows it or not. */
    static String name(Schema schema) {
        return Optional.ofNullable(schema.getProp(LogicalType.LOGICAL_TYPE_PROP))
                .orElse("");
    }

    /** Such as {@code timestamp} of {@code timestamp-millis}; empty for what counts no time. */
    static String family(String name) {
        return TIMES.contains(name) ? name.substring(0, name.lastIndexOf('-')) : "";
    }

    /** Such as {@code millis}. */
    static String unit(String name) {
        return name.substring(name.lastIndexOf('-') + 1);
    }

    static Optional<LogicalTypes.Decimal> decimal(Schema schema) {
        return schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
                ? Optional.of(decimal)
                : Optional.empty();
    }

    static String words(Schema schema) {
        String name = name(schema);
        return schema.getType().getName() + (name.isEmpty() ? "" : " (" + name + ")");
    }
}
