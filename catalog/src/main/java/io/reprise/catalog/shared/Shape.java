package io.reprise.catalog.shared;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** What may stand in one place of a catalog's file: of this editors are told, in the words of a JSON Schema. */
public sealed interface Shape {

    /** A text; any, or one of a form. */
    record Text(String form) implements Shape {}

    /** One of a closed set of words. */
    record Words(List<String> words) implements Shape {
        public Words {
            words = List.copyOf(words);
        }
    }

    record Whole(int least, int most) implements Shape {}

    record Decimal(int least, int most) implements Shape {}

    /** A duration such as {@code 5m}. */
    record Span() implements Shape {}

    record Flag() implements Shape {}

    /** A text, a number or a truth value. */
    record Scalar() implements Shape {}

    /** The word {@code null}. */
    record Nothing() implements Shape {}

    /** At least {@code least} of one shape. */
    record Items(Shape item, int least) implements Shape {}

    record Either(List<Shape> shapes) implements Shape {
        public Either {
            shapes = List.copyOf(shapes);
        }
    }

    /** A mapping whose keys are names that people give. */
    record Named(String form, Shape value) implements Shape {}

    /**
     * A mapping with none but these keys.
     *
     * @param name under which it stands in a schema once, however often it is used
     */
    record Keys(String name, List<Key> keys) implements Shape {
        public Keys {
            keys = List.copyOf(keys);
        }
    }

    /** A key of a mapping, and what it is for. */
    record Key(String name, Shape shape, boolean needed, String purpose) {}

    static Key key(String name, Shape shape, String purpose) {
        return new Key(name, shape, false, purpose);
    }

    /** A key without which the mapping is refused. */
    static Key needed(String name, Shape shape, String purpose) {
        return new Key(name, shape, true, purpose);
    }

    static Shape text() {
        return new Text("");
    }

    static Shape text(Pattern form) {
        return new Text(form.pattern());
    }

    static Shape words(String... words) {
        return new Words(List.of(words));
    }

    /** The names of an enum, as people write them. */
    static <E extends Enum<E>> Shape words(Class<E> words) {
        return new Words(Arrays.stream(words.getEnumConstants())
                .map(SettingText::written)
                .toList());
    }

    static Shape list(Shape item) {
        return new Items(item, 1);
    }

    static Shape listOrNone(Shape item) {
        return new Items(item, 0);
    }

    /** A list, or one value that stands for a list of it. */
    static Shape oneOrList(Shape item) {
        return new Either(List.of(item, list(item)));
    }

    static Shape either(Shape... shapes) {
        return new Either(List.of(shapes));
    }

    static Shape named(Pattern form, Shape value) {
        return new Named(form.pattern(), value);
    }

    /**
     * Describes the keys that a reader knows.
     *
     * @param read all of them: a key that is read and not described, or the other way round, is a mistake here
     */
    static Keys keys(String name, List<String> read, Key... described) {
        List<String> names = Arrays.stream(described).map(Key::name).toList();
        if (!names.containsAll(read) || !read.containsAll(names)) {
            throw new IllegalStateException("cannot describe " + name + " with the keys " + names
                    + " (expected: those that are read, " + read + ")");
        }
        return new Keys(name, List.of(described));
    }
}
