package io.reprise.catalog.trigger;

import io.reprise.catalog.shared.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One condition that a record must meet to start anything.
 *
 * @param in one of these; empty for no such condition
 * @param exists whether anything must, or must not, stand there
 * @param matches a regular expression for the whole text
 */
record RecordFilter(RecordPath path, List<Object> in, Optional<Boolean> exists, Optional<String> matches) {

    private static final int LONGEST_MATCHED = 10_000;

    RecordFilter {
        in = List.copyOf(in);
        matches.ifPresent(Pattern::compile);
    }

    boolean lets(Json document) {
        Optional<Json> found = path.in(document);
        return exists.map(wanted -> wanted == found.isPresent()).orElse(true)
                && (in.isEmpty()
                        || found.filter(it -> in.stream().anyMatch(value -> isEqual(it, value)))
                                .isPresent())
                && matches.map(form -> found.flatMap(RecordFilter::text)
                                .filter(text -> text.length() <= LONGEST_MATCHED && Pattern.matches(form, text))
                                .isPresent())
                        .orElse(true);
    }

    private static boolean isEqual(Json found, Object value) {
        if (found instanceof Json.Numeral(String written) && value instanceof Number number) {
            return new BigDecimal(written).compareTo(new BigDecimal(number.toString())) == 0;
        }
        return text(found).filter(String.valueOf(value)::equals).isPresent();
    }

    /** Of a scalar. */
    static Optional<String> text(Json found) {
        return switch (found) {
            case Json.Text(String value) -> Optional.of(value);
            case Json.Numeral(String written) -> Optional.of(written);
            case Json.Truth(boolean value) -> Optional.of(Boolean.toString(value));
            case Json.Members _, Json.Items _, Json.Nothing _ -> Optional.empty();
        };
    }
}
