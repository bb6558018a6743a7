package io.reprise.catalog.shared;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The variables of one environment, written <code>${name}</code> in values.
 *
 * @param environment empty where none was chosen
 */
public record Variables(Optional<String> environment, Map<String, String> values) {

    public static final Variables NONE = new Variables(Optional.empty(), Map.of());

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)}");

    public Variables {
        values = Map.copyOf(values);
    }

    /** The text with every known variable in place. What is unknown stays and is noted. */
    String fill(String text, FilePlace place, String path, CatalogProblems problems) {
        return REFERENCE.matcher(text).replaceAll(reference -> {
            String name = reference.group(1);
            String value = values.get(name);
            if (value == null) {
                note(name, place, path, problems);
                return Matcher.quoteReplacement(reference.group());
            }
            return Matcher.quoteReplacement(value);
        });
    }

    private void note(String name, FilePlace place, String path, CatalogProblems problems) {
        String found = "the unknown variable ${" + name + "}";
        if (environment.isEmpty()) {
            problems.note(place, path, found, "a variable of an environment, chosen with --env");
            return;
        }
        problems.noteName(place, path, found, name, new TreeMap<>(values).keySet());
    }
}
