package io.reprise.activities.stream;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;
import org.jspecify.annotations.Nullable;

/** Decimal numbers, in PostgreSQL's groups of four digits. */
final class DecimalWriter implements ColumnWriter {

    private static final BigInteger GROUP = BigInteger.valueOf(10_000);
    private static final int DIGITS = 4;
    private static final int NEGATIVE = 0x4000;

    private final String field;
    private final int precision;
    private final int scale;
    private final byte @Nullable [] fixed;
    private @Nullable ByteBuffer reused;

    DecimalWriter(String field, Schema schema, int precision, int scale) {
        this.field = field;
        this.precision = precision;
        this.scale = scale;
        this.fixed = schema.getType() == Schema.Type.FIXED ? new byte[schema.getFixedSize()] : null;
    }

    @Override
    public void write(Decoder from, CopyBuffer into) throws IOException {
        BigInteger unscaled = unscaled(from);
        BigDecimal value = new BigDecimal(unscaled, scale);
        if (value.precision() > precision) {
            throw Unloadable.field(
                    "numeric-overflow", field, "a number of " + value.precision() + " digits", "at most " + precision);
        }
        write(unscaled, into);
    }

    private BigInteger unscaled(Decoder from) throws IOException {
        if (fixed != null) {
            from.readFixed(fixed);
            return new BigInteger(fixed);
        }
        ByteBuffer bytes = from.readBytes(reused);
        reused = bytes;
        if (!bytes.hasRemaining()) {
            throw Unloadable.field("malformed", field, "a number without bytes", "at least one");
        }
        return new BigInteger(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    }

    /** Digits in groups of four that are aligned at the decimal point, the most significant first. */
    private void write(BigInteger unscaled, CopyBuffer into) {
        int fractionGroups = (scale + DIGITS - 1) / DIGITS;
        BigInteger rest = unscaled.abs().multiply(BigInteger.TEN.pow(fractionGroups * DIGITS - scale));
        short[] groups = new short[rest.bitLength() / 13 + 1];
        int count = 0;
        while (rest.signum() != 0) {
            BigInteger[] parts = rest.divideAndRemainder(GROUP);
            groups[count++] = parts[1].shortValue();
            rest = parts[0];
        }
        into.int4((4 + count) * Short.BYTES);
        into.int2(count);
        into.int2(count - fractionGroups - 1);
        into.int2(unscaled.signum() < 0 ? NEGATIVE : 0);
        into.int2(scale);
        for (int group = count - 1; group >= 0; group--) {
            into.int2(groups[group]);
        }
    }
}
