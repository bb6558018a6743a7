package io.reprise.catalog.shared;

import java.util.Comparator;
import java.util.Optional;

/**
 * One thing that is wrong with a catalog, and where it stands.
 *
 * @param file from the catalog's folder on
 * @param line from 1
 * @param column from 1
 * @param path to the value within its file, such as {@code steps[2].needs}; empty for the file itself
 * @param nearest the name that was probably meant
 */
public record CatalogProblem(
        String file, int line, int column, String path, String found, String expected, Optional<String> nearest)
        implements Comparable<CatalogProblem> {

    private static final Comparator<CatalogProblem> BY_PLACE = Comparator.comparing(CatalogProblem::file)
            .thenComparingInt(CatalogProblem::line)
            .thenComparingInt(CatalogProblem::column)
            .thenComparing(CatalogProblem::path)
            .thenComparing(CatalogProblem::found)
            .thenComparing(CatalogProblem::expected);

    public static CatalogProblem at(FilePlace place, String path, String found, String expected) {
        return new CatalogProblem(place.file(), place.line(), place.column(), path, found, expected, Optional.empty());
    }

    CatalogProblem near(Optional<String> name) {
        return new CatalogProblem(file, line, column, path, found, expected, name);
    }

    @Override
    public int compareTo(CatalogProblem other) {
        return BY_PLACE.compare(this, other);
    }

    @Override
    public String toString() {
        String where = file + ":" + line + ":" + column + (path.isEmpty() ? ":" : " " + path + ":");
        String near = nearest.map(name -> "; nearest: " + name).orElse("");
        return where + " found " + found + " (expected: " + expected + near + ")";
    }
}
