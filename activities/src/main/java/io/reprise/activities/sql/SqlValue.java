package io.reprise.activities.sql;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A value that is bound to a statement, or was read from one. */
public sealed interface SqlValue {

    record Text(String value) implements SqlValue {}

    record Whole(long value) implements SqlValue {}

    record Decimal(BigDecimal value) implements SqlValue {}

    record Truth(boolean value) implements SqlValue {}

    record Day(LocalDate value) implements SqlValue {}

    record Moment(Instant value) implements SqlValue {}

    record Absent() implements SqlValue {}

    /** Of a scalar as JSON and definitions have it, or of a date or an instant. */
    static SqlValue of(@Nullable Object scalar) {
        return switch (scalar) {
            case null -> new Absent();
            case String text -> new Text(text);
            case Boolean truth -> new Truth(truth);
            case LocalDate day -> new Day(day);
            case Instant moment -> new Moment(moment);
            case Number number -> ofNumber(number);
            default ->
                throw new IllegalArgumentException(
                        "cannot bind a " + scalar.getClass().getSimpleName()
                                + " (expected: text, a number, true or false, a date, an instant, or null)");
        };
    }

    private static SqlValue ofNumber(Number number) {
        return switch (number) {
            case Byte _, Short _, Integer _, Long _ -> new Whole(number.longValue());
            case BigInteger big ->
                big.bitLength() < Long.SIZE ? new Whole(big.longValue()) : new Decimal(new BigDecimal(big));
            case BigDecimal decimal -> new Decimal(decimal);
            default -> new Decimal(new BigDecimal(number.toString()));
        };
    }

    /** As people read it. */
    default String shown() {
        return switch (this) {
            case Text text -> text.value();
            case Whole whole -> Long.toString(whole.value());
            case Decimal decimal -> decimal.value().toPlainString();
            case Truth truth -> Boolean.toString(truth.value());
            case Day day -> day.value().toString();
            case Moment moment -> moment.value().toString();
            case Absent _ -> "null";
        };
    }
}
