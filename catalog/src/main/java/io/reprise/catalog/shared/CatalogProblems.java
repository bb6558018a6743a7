package io.reprise.catalog.shared;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Collects what is wrong with a catalog, and what is only unwise. The same thing is told once. */
public final class CatalogProblems {

    private final TreeSet<CatalogProblem> problems = new TreeSet<>();
    private final TreeSet<CatalogProblem> warnings = new TreeSet<>();

    public void note(CatalogProblem problem) {
        problems.add(problem);
    }

    public void note(FilePlace place, String path, String found, String expected) {
        note(CatalogProblem.at(place, path, found, expected));
    }

    /** Notes a name that is none of these, and which of them was probably meant. */
    public void noteName(FilePlace place, String path, String found, String written, Collection<String> names) {
        String expected = names.isEmpty() ? "none, for there are none" : oneOf(names);
        note(CatalogProblem.at(place, path, found, expected).near(NearestName.to(written, names)));
    }

    /** Notes what is allowed but deserves a look. */
    public void warn(FilePlace place, String path, String found, String expected) {
        warnings.add(CatalogProblem.at(place, path, found, expected));
    }

    /** Takes over what somebody else collected. */
    public void addAll(CatalogProblems others) {
        problems.addAll(others.problems);
        warnings.addAll(others.warnings);
    }

    /** By file, line and column. */
    public List<CatalogProblem> problems() {
        return List.copyOf(problems);
    }

    public List<CatalogProblem> warnings() {
        return List.copyOf(warnings);
    }

    public boolean none() {
        return problems.isEmpty();
    }

    static String oneOf(Collection<String> names) {
        return names.size() == 1 ? names.iterator().next() : "one of " + String.join(", ", names);
    }
}
