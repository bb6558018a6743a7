package io.reprise.catalog.shared;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A mapping with known keys. Keys that are unknown or stand twice are noted when it is opened. */
public final class YamlObject {

    private final YamlValue value;
    private final Map<String, YamlMember> members;

    private YamlObject(YamlValue value, Map<String, YamlMember> members) {
        this.value = value;
        this.members = members;
    }

    static YamlObject of(YamlValue value, List<YamlMember> members, List<String> keys) {
        Map<String, YamlMember> known = new LinkedHashMap<>();
        for (YamlMember member : members) {
            String name = member.name();
            if (!keys.contains(name)) {
                member.key().refuseName("unknown key '" + name + "'", name, keys);
                continue;
            }
            if (known.putIfAbsent(name, member) != null) {
                member.refuseName("the key '" + name + "' twice", "it once");
            }
        }
        return new YamlObject(value, known);
    }

    public YamlValue value() {
        return value;
    }

    public boolean has(String key) {
        return members.containsKey(key);
    }

    /** The keys that are written and known, as they stand. */
    public List<String> keys() {
        return List.copyOf(members.keySet());
    }

    public Optional<YamlValue> member(String key) {
        return Optional.ofNullable(members.get(key)).map(YamlMember::value);
    }

    /** Where the key itself stands. */
    public YamlValue key(String key) {
        YamlMember member = members.get(key);
        return member == null ? value : member.key();
    }

    public Optional<YamlValue> required(String key, String expected) {
        Optional<YamlValue> member = member(key);
        if (member.isEmpty()) {
            value.refuse("no '" + key + "'", key + ": " + expected);
        }
        return member;
    }

    public Optional<String> text(String key) {
        return member(key).flatMap(YamlValue::text);
    }

    public Optional<String> text(String key, Pattern form, String expected) {
        return member(key).flatMap(member -> member.text(form, expected));
    }

    /** One of an enum's names, in lower case and with dashes. */
    public <E extends Enum<E>> Optional<E> word(String key, Class<E> words) {
        return member(key).flatMap(member -> word(member, words));
    }

    public static <E extends Enum<E>> Optional<E> word(YamlValue member, Class<E> words) {
        List<String> names = Arrays.stream(words.getEnumConstants())
                .map(SettingText::written)
                .toList();
        Optional<String> text = member.isScalar() ? member.text() : Optional.empty();
        int place = names.indexOf(text.orElse(""));
        if (place < 0) {
            member.refuseName(member.words(), text.orElse(""), names);
            return Optional.empty();
        }
        return Optional.of(words.getEnumConstants()[place]);
    }

    public Optional<Integer> integer(String key, int least, int most) {
        return member(key).flatMap(member -> YamlNumbers.integer(member, least, most));
    }

    public Optional<Double> number(String key, double least, double most) {
        return member(key).flatMap(member -> YamlNumbers.number(member, least, most));
    }

    public Optional<Duration> duration(String key, Duration least, Duration most) {
        return member(key).flatMap(member -> YamlNumbers.duration(member, least, most));
    }

    public Optional<Boolean> flag(String key) {
        return member(key).flatMap(member -> {
            String text = member.isScalar() ? member.text().orElse("") : "";
            if (text.equals("true") || text.equals("false")) {
                return Optional.of(text.equals("true"));
            }
            member.refuse(member.words(), "true or false");
            return Optional.empty();
        });
    }
}
