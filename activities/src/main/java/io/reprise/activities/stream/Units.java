package io.reprise.activities.stream;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * What Avro's own resolution does not look at: a number of milliseconds read as microseconds, and a decimal read with another
 * scale, is another number.
 */
final class Units {

    private Units() {}

    static void refuseOthers(Schema writer, Schema reader) {
        if (writer.getType() != Schema.Type.RECORD) {
            return;
        }
        for (Schema.Field wanted : reader.getFields()) {
            written(writer, wanted).ifPresent(found -> refuseOther(found, wanted));
        }
    }

    private static Optional<Schema.Field> written(Schema writer, Schema.Field wanted) {
        return Stream.concat(Stream.of(wanted.name()), wanted.aliases().stream())
                .map(writer::getField)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static void refuseOther(Schema.Field found, Schema.Field wanted) {
        String was = unit(found.schema());
        String is = unit(wanted.schema());
        if (!was.equals(is) && !was.isEmpty() && !is.isEmpty()) {
            throw new Unloadable(
                    "unit-changed",
                    wanted.name(),
                    "cannot read field " + wanted.name() + ": it was written as " + was + " and the newest version has "
                            + is + " (expected: the same unit, or another field)",
                    null);
        }
    }

    /** Of a value that may be null, the value's. */
    private static String unit(Schema schema) {
        if (schema.getType() == Schema.Type.UNION) {
            return schema.getTypes().stream()
                    .map(Units::unit)
                    .filter(unit -> !unit.isEmpty())
                    .findFirst()
                    .orElse("");
        }
        LogicalType logical = schema.getLogicalType();
        if (logical instanceof LogicalTypes.Decimal decimal) {
            return "decimal with " + decimal.getScale() + " places";
        }
        return logical == null ? "" : logical.getName();
    }
}
