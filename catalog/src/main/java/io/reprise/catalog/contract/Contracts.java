package io.reprise.catalog.contract;

import io.reprise.catalog.shared.CatalogFolder;
import io.reprise.catalog.shared.CatalogProblems;
import io.reprise.catalog.shared.FilePlace;
import io.reprise.workflows.run.Name;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The contracts of a catalog. */
public final class Contracts {

    /** The folder in which they are. */
    public static final String HOME = "contracts";

    private Contracts() {}

    /** Those that can be read, by subject; what is wrong with the others, and with these, is noted. */
    public static List<ContractDefinition> read(CatalogFolder folder, CatalogProblems problems) {
        List<Reading> readings = each(folder, reading -> reading);
        readings.forEach(reading -> problems.addAll(reading.problems()));
        return readings.stream()
                .flatMap(reading -> reading.draft().stream())
                .map(ContractDraft::definition)
                .toList();
    }

    /**
     * What could be read of one subject.
     *
     * @param problems what is wrong with it
     */
    record Reading(Optional<ContractDraft> draft, CatalogProblems problems) {}

    /** By subject. They are read side by side, and only what is made of each stays in memory. */
    static <T> List<T> each(CatalogFolder folder, Function<Reading, T> use) {
        return folder.names(HOME).parallelStream()
                .map(subject -> read(folder, subject))
                .map(use)
                .toList();
    }

    private static Reading read(CatalogFolder folder, String subject) {
        CatalogProblems problems = new CatalogProblems();
        String home = HOME + "/" + subject;
        Optional<ContractDraft> draft = Optional.empty();
        if (!folder.isFolder(home)) {
            note(problems, home, "a file", "a folder with a contract.yaml");
        } else if (!Name.isName(subject)) {
            note(problems, home, "the folder '" + subject + "'", "a name, " + Name.FORM);
        } else if (!folder.has(home + "/contract.yaml")) {
            note(problems, home, "a folder without a contract.yaml", "contract.yaml");
        } else {
            draft = new ContractReader(folder, home, problems).read();
        }
        return new Reading(draft, problems);
    }

    private static void note(CatalogProblems problems, String file, String found, String expected) {
        problems.note(FilePlace.startOf(file), "", found, expected);
    }
}
