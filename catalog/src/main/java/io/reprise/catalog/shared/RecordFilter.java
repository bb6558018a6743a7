package io.reprise.catalog.shared;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One condition that a record must meet.
 *
 * @param in one of these; empty for no such condition
 * @param exists whether anything must, or must not, stand there
 * @param matches a regular expression for the whole text
 */
public record RecordFilter(RecordPath path, List<Object> in, Optional<Boolean> exists, Optional<String> matches) {

    private static final int LONGEST_MATCHED = 10_000;

    public RecordFilter {
        in = List.copyOf(in);
        matches.ifPresent(Pattern::compile);
    }

    public boolean lets(Json document) {
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

    /** The same of other texts to be equal to. */
    public RecordFilter filled(UnaryOperator<String> values) {
        List<Object> filled = in.stream()
                .map(value -> value instanceof String text ? (Object) values.apply(text) : value)
                .toList();
        return new RecordFilter(path, filled, exists, matches);
    }

    /** As in {@code $.type is closed}. */
    public String words() {
        List<String> words = new ArrayList<>();
        exists.ifPresent(wanted -> words.add(wanted ? "is there" : "is not there"));
        if (!in.isEmpty()) {
            words.add("is " + in.stream().map(String::valueOf).collect(Collectors.joining(" or ")));
        }
        matches.ifPresent(form -> words.add("matches " + form));
        return path + " " + String.join(" and ", words);
    }

    private static boolean isEqual(Json found, Object value) {
        if (found instanceof Json.Numeral numeral && value instanceof Number number) {
            return numeral.number()
                    .filter(it -> it.compareTo(new BigDecimal(number.toString())) == 0)
                    .isPresent();
        }
        return text(found).filter(String.valueOf(value)::equals).isPresent();
    }

    /** Of a scalar. */
    public static Optional<String> text(Json found) {
        return switch (found) {
            case Json.Text(String value) -> Optional.of(value);
            case Json.Numeral(String written) -> Optional.of(written);
            case Json.Truth(boolean value) -> Optional.of(Boolean.toString(value));
            case Json.Members _, Json.Items _, Json.Nothing _ -> Optional.empty();
        };
    }
}
