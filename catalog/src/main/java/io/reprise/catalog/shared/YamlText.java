package io.reprise.catalog.shared;

import java.io.StringReader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Reads one YAML document strictly.
 *
 * <p>Refused: what is no YAML, tabs that indent, more than one document, aliases (one line could stand for millions) and tags
 * (what a value is, its key says).
 */
public final class YamlText {

    private static final int DEEPEST = 30;

    private YamlText() {}

    /** Empty, with the problem noted, where the text is no document with a mapping at its root. */
    public static Optional<YamlValue> read(String file, String text, CatalogProblems problems) {
        return read(file, text, Variables.NONE, problems);
    }

    /** Reads a text in which <code>${name}</code> stands for a variable. */
    public static Optional<YamlValue> read(String file, String text, Variables variables, CatalogProblems problems) {
        YamlSource source = new YamlSource(file, text, variables, problems);
        try {
            if (!plain(source, text)) {
                return Optional.empty();
            }
            Node root = new Yaml(limits()).compose(new StringReader(text));
            if (root == null) {
                problems.note(FilePlace.startOf(file), "", "an empty file", "a YAML document");
                return Optional.empty();
            }
            return Optional.of(new YamlValue(source, "", root));
        } catch (MarkedYAMLException malformed) {
            problems.note(source.place(malformed.getProblemMark()), "", words(malformed), "well-formed YAML");
        } catch (ReaderException unreadable) {
            problems.note(at(file, text, unreadable.getPosition()), "", "a control character", "printable text");
        } catch (YAMLException tooMuch) {
            String found = String.valueOf(tooMuch.getMessage()).contains("Depth")
                    ? "more than " + DEEPEST + " levels"
                    : String.valueOf(tooMuch.getMessage());
            problems.note(FilePlace.startOf(file), "", found, "a YAML document of at most " + DEEPEST + " levels");
        }
        return Optional.empty();
    }

    private static LoaderOptions limits() {
        LoaderOptions limits = new LoaderOptions();
        limits.setNestingDepthLimit(DEEPEST);
        return limits;
    }

    private static boolean plain(YamlSource source, String text) {
        boolean plain = true;
        for (Event event : new Yaml(limits()).parse(new StringReader(text))) {
            if (event instanceof AliasEvent alias) {
                source.note(event.getStartMark(), "the alias *" + alias.getAnchor(), "the value itself");
                plain = false;
            }
            String tag = tag(event);
            if (tag != null) {
                source.note(event.getStartMark(), "the tag " + tag, "a value without a tag");
                plain = false;
            }
        }
        return plain;
    }

    private static @Nullable String tag(Event event) {
        if (event instanceof ScalarEvent scalar) {
            return scalar.getTag();
        }
        return event instanceof CollectionStartEvent collection ? collection.getTag() : null;
    }

    private static String words(MarkedYAMLException malformed) {
        String problem = String.valueOf(malformed.getProblem()).replaceFirst("^but found ", "");
        if (problem.equals("another document")) {
            return "another document in one file";
        }
        if (problem.contains("\\t(TAB)")) {
            return "a tab where the line is indented (YAML indents with spaces)";
        }
        return malformed.getContext() == null ? problem : problem + " " + malformed.getContext();
    }

    private static FilePlace at(String file, String text, int position) {
        String before = text.substring(0, Math.min(text.length(), Math.max(0, position)));
        int line = Math.toIntExact(before.chars().filter(it -> it == '\n').count()) + 1;
        return new FilePlace(file, line, before.length() - before.lastIndexOf('\n'));
    }

    static FilePlace place(String file, @Nullable Mark mark) {
        return mark == null ? FilePlace.startOf(file) : new FilePlace(file, mark.getLine() + 1, mark.getColumn() + 1);
    }
}
