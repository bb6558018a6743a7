package io.reprise.catalog.contract;

import java.util.Optional;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** What a type means beyond its bytes. */
final class Logical {

    private Logical() {}

    /** The name that is written, whether Avro knows it or not. */
    static String name(Schema schema) {
        return Optional.ofNullable(schema.getProp(LogicalType.LOGICAL_TYPE_PROP))
                .orElse("");
    }

    /** Such as {@code timestamp} of {@code timestamp-millis}; empty for what counts no time. */
    static String family(String name) {
        return isTime(name) ? name.substring(0, name.lastIndexOf('-')) : "";
    }

    /** Such as {@code millis}. */
    static String unit(String name) {
        return name.substring(name.lastIndexOf('-') + 1);
    }

    private static boolean isTime(String name) {
        return name.matches("(local-timestamp|timestamp|time)-(millis|micros|nanos)");
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
