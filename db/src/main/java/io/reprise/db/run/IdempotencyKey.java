package io.reprise.db.run;

import java.time.Duration;
import java.util.regex.Pattern;

/** What a caller sends to make its request repeatable. The key stays bound to its request for seven days. */
public record IdempotencyKey(String value) {

    public static final Duration KEPT = Duration.ofDays(7);
    public static final String FORM = "[\\x21-\\x7E]{1,200}";

    private static final Pattern PATTERN = Pattern.compile(FORM);

    public IdempotencyKey {
        if (!isKey(value)) {
            throw new IllegalArgumentException("cannot use an Idempotency-Key of " + value.length()
                    + " characters (expected: 1 to 200 printable ASCII characters without blanks)");
        }
    }

    public static boolean isKey(String text) {
        return PATTERN.matcher(text).matches();
    }
}
