package io.reprise.catalog.shared;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;

/** What the values of one file have in common. */
record YamlSource(String file, String text, Variables variables, CatalogProblems problems) {

    FilePlace place(@Nullable Mark mark) {
        return YamlText.place(file, mark);
    }

    /** How far the first line that is not blank below a line is indented; lines count from 0. */
    int indentBelow(int line) {
        return text.lines()
                .skip(line + 1L)
                .filter(below -> !below.isBlank())
                .mapToInt(below -> below.length() - below.stripLeading().length())
                .findFirst()
                .orElse(0);
    }

    void note(@Nullable Mark mark, String found, String expected) {
        problems.note(place(mark), "", found, expected);
    }
}
