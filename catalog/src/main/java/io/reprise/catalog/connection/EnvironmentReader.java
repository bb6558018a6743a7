package io.reprise.catalog.connection;

import io.reprise.catalog.shared.YamlMember;
import io.reprise.catalog.shared.YamlObject;
import io.reprise.catalog.shared.YamlValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads an environment over the connections of the catalog. Refused: connections that the catalog does not have. */
public final class EnvironmentReader {

    static final List<String> KEYS = List.of("variables", "schemas", "connections");

    private static final Pattern ANY = Pattern.compile("(?s).*");
    static final Pattern SCHEMA = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]{0,62}");
    static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,99}");

    private EnvironmentReader() {}

    public static Environment read(String name, YamlValue file, Map<String, ConnectionDefinition> usual) {
        Optional<YamlObject> fields = file.object(KEYS);
        return new Environment(
                Optional.of(name),
                fields.map(it -> texts(it, "variables", ANY, "a text")).orElse(Map.of()),
                fields.map(it -> texts(it, "schemas", SCHEMA, "a name of letters, digits and _, without quotes"))
                        .orElse(Map.of()),
                fields.map(it -> connections(it, usual)).orElse(usual));
    }

    private static Map<String, String> texts(YamlObject fields, String key, Pattern form, String expected) {
        Map<String, String> texts = new TreeMap<>();
        fields.member(key).ifPresent(mapping -> {
            for (YamlMember member : mapping.members(NAME, "a name like bucket")) {
                member.value().text(form, expected).ifPresent(text -> texts.put(member.name(), text));
            }
        });
        return texts;
    }

    private static Map<String, ConnectionDefinition> connections(
            YamlObject fields, Map<String, ConnectionDefinition> usual) {
        Map<String, ConnectionDefinition> connections = new TreeMap<>(usual);
        fields.member("connections").ifPresent(mapping -> {
            for (YamlMember member : mapping.members(NAME, "the name of a connection")) {
                ConnectionDefinition connection = usual.get(member.name());
                if (connection == null) {
                    String found = "the unknown connection '" + member.name() + "'";
                    member.key().refuseName(found, member.name(), usual.keySet());
                    continue;
                }
                member.value()
                        .object(ConnectionReader.KEYS)
                        .flatMap(override -> ConnectionReader.override(connection, override))
                        .ifPresent(override -> connections.put(member.name(), override));
            }
        });
        return connections;
    }
}
