package io.reprise.catalog.pipeline;

import io.reprise.catalog.shared.YamlValue;
import java.util.List;
import java.util.Optional;

/** Reads commands of the operating system: a program and its arguments, which no shell reads. */
final class Commands {

    private static final String EXPECTED = "a list of words, such as [sh, -c, \"echo $REGION\"]";

    private Commands() {}

    static Optional<List<String>> words(YamlValue value) {
        if (!value.isList()) {
            value.refuse(value.words(), EXPECTED);
            return Optional.empty();
        }
        List<YamlValue> items = value.items();
        if (items.isEmpty()) {
            value.refuse("an empty list", EXPECTED);
            return Optional.empty();
        }
        List<String> words =
                items.stream().flatMap(item -> item.text().stream()).toList();
        return words.size() == items.size() ? Optional.of(words) : Optional.empty();
    }
}
