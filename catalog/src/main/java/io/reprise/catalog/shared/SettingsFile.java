package io.reprise.catalog.shared;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** A {@code reprise.yaml}: its keys with dots, whether they were nested or not, and where each stands. */
final class SettingsFile {

    private final Path file;
    private final List<String> problems;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private SettingsFile(Path file, List<String> problems) {
        this.file = file;
        this.problems = problems;
    }

    /** A value and the line on which it stands. */
    record Entry(String value, String place) {}

    static Map<String, Entry> read(Path file, List<String> problems) {
        if (!Files.exists(file)) {
            return Map.of();
        }
        SettingsFile reader = new SettingsFile(file, problems);
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            LoaderOptions strict = new LoaderOptions();
            strict.setAllowDuplicateKeys(false);
            Node root = new Yaml(strict).compose(text);
            if (root != null) {
                reader.collect("", root);
            }
        } catch (MarkedYAMLException malformed) {
            problems.add(
                    "cannot read " + file + ": " + malformed.getProblem() + place(malformed) + " (expected: YAML)");
        } catch (IOException unreadable) {
            problems.add("cannot read " + file + ": " + unreadable.getMessage() + " (expected: a file to read)");
        }
        return reader.entries;
    }

    private static String place(MarkedYAMLException malformed) {
        return malformed.getProblemMark() == null
                ? ""
                : " at line " + (malformed.getProblemMark().getLine() + 1) + ", column "
                        + (malformed.getProblemMark().getColumn() + 1);
    }

    private void collect(String key, Node node) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple member : mapping.getValue()) {
                collect(join(key, member.getKeyNode()), member.getValueNode());
            }
            return;
        }
        String place = file + ", line " + (node.getStartMark().getLine() + 1);
        if (!(node instanceof ScalarNode scalar) || key.isEmpty()) {
            problems.add("cannot read " + (key.isEmpty() ? "the settings" : key) + " (" + place
                    + "): found a list or a bare value (expected: key: value)");
            return;
        }
        if (entries.put(key, new Entry(scalar.getValue(), place)) != null) {
            problems.add("cannot read " + key + " (" + place + "): found it twice (expected: once)");
        }
    }

    private static String join(String key, Node name) {
        String text = name instanceof ScalarNode scalar ? scalar.getValue() : name.toString();
        return key.isEmpty() ? text : key + "." + text;
    }
}
