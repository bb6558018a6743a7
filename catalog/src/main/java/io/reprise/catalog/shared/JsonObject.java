package io.reprise.catalog.shared;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Reads the members of one JSON object by name and notes everything that is wrong with them. A reading that noted something
 * answers empty, and the reader goes on to find the rest.
 */
public final class JsonObject {

    private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");

    private final String pointer;
    private final Json.Members object;
    private final List<FieldError> errors;

    private JsonObject(String pointer, Json.Members object, List<FieldError> errors) {
        this.pointer = pointer;
        this.object = object;
        this.errors = errors;
    }

    /** Notes names that are not among these, and names that stand twice. */
    public static Optional<JsonObject> of(Json value, String pointer, List<String> names, List<FieldError> errors) {
        if (!(value instanceof Json.Members object)) {
            errors.add(new FieldError(pointer, value.words(), "an object with " + String.join(", ", names)));
            return Optional.empty();
        }
        JsonObject reader = new JsonObject(pointer, object, errors);
        reader.noteUnknown(names);
        object.writtenTwice().forEach(name -> reader.note(name, "the field twice", "it once"));
        return Optional.of(reader);
    }

    private void noteUnknown(List<String> names) {
        for (String name : object.members().keySet()) {
            if (!names.contains(name)) {
                String expected = NearestName.to(name, names)
                        .map(near -> "'" + near + "'")
                        .orElse("only " + String.join(", ", names));
                note(name, "an unknown field", expected);
            }
        }
    }

    public Optional<String> text(String name, Pattern form) {
        return member(name, "text like " + form).flatMap(value -> {
            if (value instanceof Json.Text(String text) && form.matcher(text).matches()) {
                return Optional.of(text);
            }
            note(name, value.words(), "text like " + form);
            return Optional.empty();
        });
    }

    public OptionalLong integer(String name, long least, long most) {
        String expected = "a whole number from " + least + " to " + most;
        Optional<Json> value = member(name, expected);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        if (value.get() instanceof Json.Numeral(String written)
                && INTEGER.matcher(written).matches()) {
            BigInteger number = new BigInteger(written);
            if (number.compareTo(BigInteger.valueOf(least)) >= 0 && number.compareTo(BigInteger.valueOf(most)) <= 0) {
                return OptionalLong.of(number.longValueExact());
            }
        }
        note(name, value.get().words(), expected);
        return OptionalLong.empty();
    }

    /** Answers the first ones where there are too many. */
    public List<Json> items(String name, int fewest, int most) {
        String expected = "an array of " + fewest + " to " + most;
        Optional<Json> value = member(name, expected);
        if (value.isEmpty()) {
            return List.of();
        }
        if (!(value.get() instanceof Json.Items(List<Json> items))) {
            note(name, value.get().words(), expected);
            return List.of();
        }
        if (items.size() < fewest || items.size() > most) {
            note(name, "an array of " + items.size(), expected);
        }
        return List.copyOf(items.subList(0, Math.min(items.size(), most)));
    }

    private Optional<Json> member(String name, String expected) {
        Optional<Json> value = Optional.ofNullable(object.members().get(name));
        if (value.isEmpty()) {
            note(name, "nothing", expected);
        }
        return value;
    }

    public String pointer(String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    public void note(String name, String found, String expected) {
        errors.add(new FieldError(pointer(name), found, expected));
    }

    /** A place for the errors of one document. */
    public static List<FieldError> errors() {
        return new ArrayList<>();
    }
}
