package io.reprise.db.shared;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** An id that sorts by the millisecond at which it was made: 48 bits of time, 80 of chance, in Crockford's base 32. */
public record Ulid(String value) {

    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final Pattern FORM = Pattern.compile("[0-7][" + DIGITS + "]{25}");
    private static final int TIME_DIGITS = 10;
    private static final int CHANCE_DIGITS = 16;

    public Ulid {
        if (!isUlid(value)) {
            throw new IllegalArgumentException(
                    "cannot use '" + value + "' as an id (expected: a ULID of 26 characters)");
        }
    }

    public static boolean isUlid(String text) {
        return FORM.matcher(text).matches();
    }

    public static Ulid at(Instant instant, RandomGenerator chance) {
        StringBuilder digits = time(instant);
        for (int digit = 0; digit < CHANCE_DIGITS; digit++) {
            digits.append(DIGITS.charAt(chance.nextInt(DIGITS.length())));
        }
        return new Ulid(digits.toString());
    }

    /** The smallest id of that millisecond: ids made then or later sort at or after it. */
    public static Ulid firstAt(Instant instant) {
        return new Ulid(time(instant).append("0".repeat(CHANCE_DIGITS)).toString());
    }

    public Instant instant() {
        long millis = 0;
        for (int digit = 0; digit < TIME_DIGITS; digit++) {
            millis = millis << 5 | DIGITS.indexOf(value.charAt(digit));
        }
        return Instant.ofEpochMilli(millis);
    }

    /** The day on which it was made, in UTC. */
    public LocalDate day() {
        return LocalDate.ofInstant(instant(), ZoneOffset.UTC);
    }

    private static StringBuilder time(Instant instant) {
        StringBuilder digits = new StringBuilder(TIME_DIGITS + CHANCE_DIGITS);
        long millis = instant.toEpochMilli();
        for (int digit = TIME_DIGITS - 1; digit >= 0; digit--) {
            digits.append(DIGITS.charAt((int) (millis >>> (5 * digit) & 31)));
        }
        return digits;
    }

    @Override
    public String toString() {
        return value;
    }
}
