package io.reprise.catalog.shared;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One value of a YAML file, which knows where it stands. A reading that does not fit notes so and answers empty, and the
 * reader goes on to find the rest.
 */
public final class YamlValue {

    private static final int SHOWN = 60;

    private final YamlSource source;
    private final String path;
    private final Node node;

    YamlValue(YamlSource source, String path, Node node) {
        this.source = source;
        this.path = path;
        this.node = node;
    }

    public String path() {
        return path;
    }

    public FilePlace place() {
        return source.place(node.getStartMark());
    }

    /** Where the first character of its text stands, below the {@code |} and within the quotes. */
    public FilePlace textPlace() {
        FilePlace place = place();
        if (isBlock()) {
            int line = node.getStartMark().getLine();
            return new FilePlace(place.file(), place.line() + 1, source.indentBelow(line) + 1);
        }
        return isQuoted() ? new FilePlace(place.file(), place.line(), place.column() + 1) : place;
    }

    public boolean isNothing() {
        return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
    }

    public boolean isScalar() {
        return node instanceof ScalarNode && !isNothing();
    }

    public boolean isList() {
        return node instanceof SequenceNode;
    }

    public boolean isObject() {
        return node instanceof MappingNode;
    }

    /** Written over several lines with {@code |}, where every line of the text is a line of the file. */
    public boolean isBlock() {
        return node instanceof ScalarNode scalar && scalar.getScalarStyle() == ScalarStyle.LITERAL;
    }

    /** Written in quotes, so that it is a text whatever it looks like. */
    public boolean isQuoted() {
        return node instanceof ScalarNode scalar && scalar.getScalarStyle() != ScalarStyle.PLAIN;
    }

    /** Whether it is a mapping in which this key stands, whatever else does. */
    public boolean hasKey(String key) {
        return node instanceof MappingNode mapping
                && mapping.getValue().stream()
                        .anyMatch(tuple -> tuple.getKeyNode() instanceof ScalarNode scalar
                                && scalar.getValue().equals(key));
    }

    /** The scalar under a key, where it is a mapping that has one; nothing is noted. */
    public Optional<String> scalarUnder(String key) {
        return hasKey(key) && node instanceof MappingNode mapping
                ? members(mapping).stream()
                        .filter(member -> member.name().equals(key))
                        .filter(member -> member.value().isScalar())
                        .findFirst()
                        .flatMap(member -> member.value().raw())
                : Optional.empty();
    }

    /** A mapping with none but these keys. */
    public Optional<YamlObject> object(List<String> keys) {
        if (node instanceof MappingNode mapping) {
            return Optional.of(YamlObject.of(this, members(mapping), keys));
        }
        refuse(words(), "a mapping with " + String.join(", ", keys));
        return Optional.empty();
    }

    /** A mapping whose keys are names that people give. */
    public List<YamlMember> members(Pattern form, String expected) {
        if (!(node instanceof MappingNode mapping)) {
            refuse(words(), "a mapping of names to values");
            return List.of();
        }
        List<YamlMember> members = members(mapping);
        List<String> names = new ArrayList<>();
        for (YamlMember member : members) {
            if (names.contains(member.name())) {
                member.refuseName("the key '" + member.name() + "' twice", "it once");
            }
            if (!form.matcher(member.name()).matches()) {
                member.refuseName("the name '" + member.name() + "'", expected);
            }
            names.add(member.name());
        }
        return members;
    }

    private List<YamlMember> members(MappingNode mapping) {
        return mapping.getValue().stream()
                .map(tuple -> {
                    String name = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
                    String inner = path.isEmpty() ? name : path + "." + name;
                    YamlValue value = new YamlValue(source, inner, tuple.getValueNode());
                    return new YamlMember(name, new YamlValue(source, inner, tuple.getKeyNode()), value);
                })
                .toList();
    }

    /** A list, or one value that stands for a list of it. */
    public List<YamlValue> itemsOrOne() {
        return isList() ? items() : List.of(this);
    }

    public List<YamlValue> items() {
        if (!(node instanceof SequenceNode sequence)) {
            refuse(words(), "a list");
            return List.of();
        }
        List<YamlValue> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(new YamlValue(source, path + "[" + items.size() + "]", item));
        }
        return items;
    }

    /** Any text that is not blank, with variables in place. */
    public Optional<String> text() {
        return raw().map(text -> source.variables().fill(text, place(), path, source.problems()));
    }

    /** Any text that is not blank, exactly as it is written. */
    public Optional<String> raw() {
        if (isScalar()
                && node instanceof ScalarNode scalar
                && !scalar.getValue().isBlank()) {
            return Optional.of(scalar.getValue());
        }
        refuse(words(), "a text");
        return Optional.empty();
    }

    /** The text of a scalar exactly as it is written, a blank one too; empty for all else. Nothing is noted. */
    public Optional<String> scalar() {
        return isNothing() || !(node instanceof ScalarNode scalar) ? Optional.empty() : Optional.of(scalar.getValue());
    }

    public Optional<String> text(Pattern form, String expected) {
        Optional<String> text = isScalar() ? text() : Optional.empty();
        if (text.isPresent() && form.matcher(text.get()).matches()) {
            return text;
        }
        refuse(words(), expected);
        return Optional.empty();
    }

    public void refuse(String found, String expected) {
        source.problems().note(place(), path, found, expected);
    }

    /** Refuses a name that is none of these. */
    public void refuseName(String found, String written, Collection<String> names) {
        source.problems().noteName(place(), path, found, written, names);
    }

    public void refuseNear(String found, String expected, Optional<String> nearest) {
        source.problems().note(CatalogProblem.at(place(), path, found, expected).near(nearest));
    }

    public void warn(String found, String expected) {
        source.problems().warn(place(), path, found, expected);
    }

    /** What it is, for messages. */
    public String words() {
        if (isList()) {
            return "a list";
        }
        if (isObject()) {
            return "a mapping";
        }
        if (!(node instanceof ScalarNode scalar)
                || isNothing()
                || scalar.getValue().isBlank()) {
            return "nothing";
        }
        String text = scalar.getValue();
        String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
        return "'" + shown.replaceAll("\\p{Cntrl}", " ").strip() + "'";
    }

    @Override
    public String toString() {
        return path + " = " + words();
    }
}
