package io.reprise.api.shared;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reprise.catalog.shared.FieldError;
import io.reprise.db.shared.NamedPageRequest;
import io.reprise.db.shared.Page;
import io.reprise.db.shared.PageRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the small bodies and the query of a request, and tells everything that is wrong with them at once: ask for every
 * field, then {@link #check}.
 */
public final class Fields {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int LONGEST_SHOWN = 80;
    private static final int LONGEST_TEXT = 2000;
    private static final String TEXT = "text of 1 to " + LONGEST_TEXT + " characters, none of them NUL";
    private static final int PAGE = 50;
    private static final Instant NO_LATER = Instant.parse("9999-12-31T00:00:00Z");

    private final JsonNode body;
    private final List<FieldError> errors = new ArrayList<>();

    private Fields(JsonNode body) {
        this.body = body;
    }

    /** Of a request that has only a query. */
    public static Fields ofQuery() {
        return new Fields(JsonNodeFactory.instance.objectNode());
    }

    /** Of a JSON object that may have these members and no others. No body is an empty object. */
    public static Fields ofBody(@Nullable String body, String... known) {
        if (body == null || body.isEmpty()) {
            return ofQuery();
        }
        Fields fields = new Fields(parse(body));
        List<String> expected = Arrays.asList(known);
        fields.body.fieldNames().forEachRemaining(name -> {
            if (!expected.contains(name)) {
                fields.wrong("/" + pointer(name), "an unknown field", "one of " + expected);
            }
        });
        return fields;
    }

    private static JsonNode parse(String text) {
        JsonNode parsed;
        try {
            parsed = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw Refused.because(
                    ProblemType.MALFORMED,
                    "read the body as JSON and found at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ": " + e.getOriginalMessage());
        }
        if (!parsed.isObject()) {
            throw Refused.because(
                    ProblemType.INVALID,
                    "the body is not what was expected",
                    List.of(new FieldError("", shown(parsed), "a JSON object")));
        }
        return parsed;
    }

    public Optional<String> text(String name) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual() || !isText(value.textValue())) {
            wrong("/" + name, shown(value), TEXT);
            return Optional.empty();
        }
        return Optional.of(value.textValue());
    }

    /** The text of a field that must be there; a blank stands for it until {@link #check}. */
    public String required(String name) {
        Optional<String> text = text(name);
        if (text.isEmpty() && !body.hasNonNull(name)) {
            wrong("/" + name, "nothing", "text");
        }
        return text.orElse("");
    }

    /** A list of texts; empty where the field is not there. */
    public List<String> texts(String name) {
        return texts(name, LONGEST_TEXT);
    }

    /** A list of whole documents, which may be as long as a request may be. */
    public List<String> documents(String name) {
        return texts(name, Integer.MAX_VALUE);
    }

    private List<String> texts(String name, int longest) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        if (!value.isArray()) {
            wrong("/" + name, shown(value), "a list of texts");
        }
        for (int index = 0; index < value.size(); index++) {
            JsonNode item = value.path(index);
            if (item.isTextual() && isText(item.textValue(), longest)) {
                texts.add(item.textValue());
            } else {
                wrong("/" + name + "/" + index, shown(item), TEXT);
            }
        }
        return texts;
    }

    private static boolean isText(String value) {
        return isText(value, LONGEST_TEXT);
    }

    private static boolean isText(String value, int longest) {
        return !value.isBlank() && value.length() <= longest && value.indexOf('\0') < 0;
    }

    public boolean flag(String name) {
        JsonNode value = body.path(name);
        if (!value.isMissingNode() && !value.isBoolean()) {
            wrong("/" + name, shown(value), "true or false");
        }
        return value.booleanValue();
    }

    /** A whole number; empty where the field is not there. */
    public Optional<Integer> number(String name, int least, int most) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
            wrong("/" + name, shown(value), "a whole number from " + least + " to " + most);
            return Optional.empty();
        }
        return Optional.of(value.intValue());
    }

    /** An object inside the body, such as the input of a run. */
    public Optional<JsonNode> object(String name) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isObject()) {
            wrong("/" + name, shown(value), "a JSON object");
            return Optional.empty();
        }
        return Optional.of(value);
    }

    public boolean has(String name) {
        return body.hasNonNull(name);
    }

    /** An object of those members of the body that are there. */
    public JsonNode members(Collection<String> names) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        names.stream().filter(this::has).forEach(name -> object.set(name, body.path(name)));
        return object;
    }

    /** One of the words of an enum, in any case. */
    public <E extends Enum<E>> Optional<E> word(String pointer, @Nullable String found, Class<E> words) {
        if (found == null) {
            return Optional.empty();
        }
        Optional<E> word = Arrays.stream(words.getEnumConstants())
                .filter(it -> it.name().equals(found.toUpperCase(Locale.ROOT)))
                .findFirst();
        if (word.isEmpty()) {
            wrong(
                    pointer,
                    found,
                    Arrays.stream(words.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", ")));
        }
        return word;
    }

    public Optional<Instant> instant(String pointer, @Nullable String found) {
        if (found == null) {
            return Optional.empty();
        }
        Optional<Instant> instant = instant(found).filter(it -> !it.isBefore(Instant.EPOCH) && it.isBefore(NO_LATER));
        if (instant.isEmpty()) {
            wrong(pointer, found, "an instant of the years 1970 to 9999, such as 2026-11-19T00:00:00Z");
        }
        return instant;
    }

    private static Optional<Instant> instant(String found) {
        try {
            return Optional.of(Instant.parse(found));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    public PageRequest page(@Nullable String cursor, @Nullable String limit) {
        PageRequest page = PageRequest.first((int) whole("limit", limit, PAGE, 1, Page.MOST));
        return cursor == null ? page : page.after(whole("cursor", cursor, 0, 0, Long.MAX_VALUE));
    }

    /** How many items of a list, of which a page holds at most so many. */
    public int limit(@Nullable String limit, int most) {
        return (int) whole("limit", limit, PAGE, 1, most);
    }

    /** Of a list that is sorted by name. */
    public NamedPageRequest namedPage(@Nullable String cursor, @Nullable String limit) {
        NamedPageRequest page = NamedPageRequest.first((int) whole("limit", limit, PAGE, 1, Page.MOST));
        return cursor == null ? page : page.after(cursor);
    }

    private long whole(String pointer, @Nullable String found, long otherwise, long least, long most) {
        if (found == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(found);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, together with numbers that do not fit.
        }
        wrong(pointer, found, "a whole number from " + least + " to " + most);
        return otherwise;
    }

    public void wrong(String pointer, String found, String expected) {
        errors.add(new FieldError(pointer, shortened(found), expected));
    }

    /** Refuses the request where anything was wrong. */
    public void check() {
        if (!errors.isEmpty()) {
            throw Refused.because(ProblemType.INVALID, "the request has " + errors.size() + " wrong field(s)", errors);
        }
    }

    private static String shown(JsonNode value) {
        return shortened(value.toString());
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }

    private static String pointer(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
