package io.reprise.catalog.shared;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads the conditions of a filter. Refused: conditions that ask nothing, or the same thing twice. */
public final class FilterReader {

    private static final List<String> KEYS = List.of("path", "equals", "in", "exists", "matches");

    /** What may stand in one condition. */
    public static final Shape CONDITION = Shape.keys(
            "filter",
            KEYS,
            Shape.needed("path", Shape.text(), "Where to look, such as $.type"),
            Shape.key("equals", new Shape.Scalar(), "What must stand there"),
            Shape.key("in", Shape.list(new Shape.Scalar()), "One of these must stand there"),
            Shape.key("exists", new Shape.Flag(), "Whether anything must stand there"),
            Shape.key("matches", Shape.text(), "A regular expression for the whole text"));

    private FilterReader() {}

    public static List<RecordFilter> read(YamlValue list) {
        List<RecordFilter> filters = new ArrayList<>();
        for (YamlValue item : list.items()) {
            item.object(KEYS).flatMap(fields -> filter(item, fields)).ifPresent(filters::add);
        }
        return filters;
    }

    private static Optional<RecordFilter> filter(YamlValue item, YamlObject fields) {
        Optional<RecordPath> path = fields.required("path", RecordPath.FORM).flatMap(RecordPath::read);
        if (fields.keys().stream().allMatch("path"::equals)) {
            item.refuse("a filter that asks nothing", "one of equals, in, exists, matches");
        }
        if (fields.has("equals") && fields.has("in")) {
            fields.key("in").refuse("equals and in", "one of them");
        }
        List<Object> values = new ArrayList<>();
        fields.member("equals").ifPresent(value -> add(value, values));
        fields.member("in").ifPresent(list -> list.items().forEach(value -> add(value, values)));
        Optional<Boolean> exists = fields.flag("exists");
        Optional<String> matches = fields.member("matches").flatMap(FilterReader::expression);
        return path.map(it -> new RecordFilter(it, values, exists, matches));
    }

    private static void add(YamlValue value, List<Object> values) {
        Optional<Object> read = value.isScalar() ? Scalars.read(value) : Optional.empty();
        read.ifPresentOrElse(values::add, () -> value.refuse(value.words(), "a text, a number or a truth value"));
    }

    private static Optional<String> expression(YamlValue value) {
        Optional<String> text = value.isScalar() ? value.text() : Optional.empty();
        try {
            text.ifPresent(Pattern::compile);
        } catch (PatternSyntaxException bad) {
            value.refuse(value.words() + ": " + bad.getDescription(), "a regular expression for the whole text");
            return Optional.empty();
        }
        if (text.isEmpty()) {
            value.refuse(value.words(), "a regular expression for the whole text");
        }
        return text;
    }
}
