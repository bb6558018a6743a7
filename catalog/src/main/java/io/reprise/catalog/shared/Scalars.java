package io.reprise.catalog.shared;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads scalars as what they look like: whole numbers, decimals, truth values, and all else as texts. */
public final class Scalars {

    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,17})\\.[0-9]{1,18}");

    private Scalars() {}

    public static Optional<Object> read(YamlValue value) {
        Optional<String> text = value.text();
        if (text.isEmpty() || value.isQuoted()) {
            return text.map(it -> it);
        }
        return text.map(Scalars::of);
    }

    public static Map<String, Object> read(YamlValue mapping, Pattern form, String expected) {
        Map<String, Object> values = new TreeMap<>();
        for (YamlMember member : mapping.members(form, expected)) {
            read(member.value()).ifPresent(value -> values.put(member.name(), value));
        }
        return values;
    }

    private static Object of(String text) {
        if (WHOLE.matcher(text).matches()) {
            return whole(text);
        }
        if (DECIMAL.matcher(text).matches()) {
            return new BigDecimal(text);
        }
        return text.equals("true") || text.equals("false") ? Boolean.valueOf(text) : text;
    }

    /** As JSON reads it again, so that a definition equals itself. */
    public static Object whole(String text) {
        long number = Long.parseLong(text);
        return number == (int) number ? (Object) (int) number : (Object) number;
    }
}
