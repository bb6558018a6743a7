package io.reprise.catalog.shared;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A way into a record: {@code $} is its value, {@code $.region} a field, {@code $.lines[0].sku} a field of the first item,
 * <code>$['odd name']</code> a field of any name.
 */
public final class RecordPath {

    public static final String FORM = "a path like $.region, $.lines[0].sku or $['odd name']";

    private static final Pattern STEP =
            Pattern.compile("\\.(?<name>[A-Za-z_][A-Za-z0-9_-]*)|\\[(?<place>[0-9]{1,6})]|\\['(?<quoted>[^']+)']");

    /** One step of the way. */
    private sealed interface Step {
        record Field(String name) implements Step {}

        record Item(int place) implements Step {}
    }

    private final String written;
    private final List<Step> steps;

    private RecordPath(String written, List<Step> steps) {
        this.written = written;
        this.steps = List.copyOf(steps);
    }

    @JsonCreator
    public static RecordPath of(String written) {
        return read(written)
                .orElseThrow(
                        () -> new IllegalArgumentException("cannot follow '" + written + "' (expected: " + FORM + ")"));
    }

    /** Refuses what is no path. */
    public static Optional<RecordPath> read(YamlValue value) {
        Optional<RecordPath> path = value.isScalar() ? value.text().flatMap(RecordPath::read) : Optional.empty();
        if (path.isEmpty()) {
            value.refuse(value.words(), FORM);
        }
        return path;
    }

    /** Empty where it is no path. */
    static Optional<RecordPath> read(String written) {
        if (!written.startsWith("$")) {
            return Optional.empty();
        }
        List<Step> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(written);
        int at = 1;
        while (at < written.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                return Optional.empty();
            }
            steps.add(step(matcher));
            at = matcher.end();
        }
        return Optional.of(new RecordPath(written, steps));
    }

    private static Step step(Matcher matcher) {
        String place = matcher.group("place");
        if (place != null) {
            return new Step.Item(Integer.parseInt(place));
        }
        String name = matcher.group("name");
        return new Step.Field(name == null ? matcher.group("quoted") : name);
    }

    /** What stands there; empty where nothing does, or {@code null}. */
    public Optional<Json> in(Json document) {
        Optional<Json> at = Optional.of(document);
        for (Step step : steps) {
            at = at.flatMap(it -> follow(it, step));
        }
        return at.filter(found -> !(found instanceof Json.Nothing));
    }

    private static Optional<Json> follow(Json at, Step step) {
        return switch (step) {
            case Step.Field(String name) ->
                at instanceof Json.Members object
                        ? Optional.ofNullable(object.members().get(name))
                        : Optional.empty();
            case Step.Item(int place) ->
                at instanceof Json.Items array && place < array.items().size()
                        ? Optional.of(array.items().get(place))
                        : Optional.empty();
        };
    }

    /** The same way as a JSON pointer, for messages. */
    public String pointer() {
        StringBuilder pointer = new StringBuilder();
        for (Step step : steps) {
            pointer.append('/')
                    .append(
                            switch (step) {
                                case Step.Field(String name) ->
                                    name.replace("~", "~0").replace("/", "~1");
                                case Step.Item(int place) -> Integer.toString(place);
                            });
        }
        return pointer.toString();
    }

    @JsonValue
    @Override
    public String toString() {
        return written;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordPath path && path.written.equals(written);
    }

    @Override
    public int hashCode() {
        return written.hashCode();
    }
}
