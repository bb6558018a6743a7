package io.reprise.activities.stream;

import java.util.Locale;
import java.util.regex.Pattern;

/** How fields are called in tables: {@code unitPriceMinor} is {@code unit_price_minor}. */
final class ColumnNames {

    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    private ColumnNames() {}

    static String of(String field) {
        return HUMP.matcher(field).replaceAll("_").toLowerCase(Locale.ROOT);
    }
}
