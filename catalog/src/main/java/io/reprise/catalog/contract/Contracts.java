package io.reprise.catalog.contract;

import io.reprise.catalog.shared.CatalogFolder;
import io.reprise.catalog.shared.CatalogProblems;
import io.reprise.catalog.shared.FilePlace;
import io.reprise.workflows.run.Name;
import java.util.List;
import java.util.Optional;

/** The contracts of a catalog. */
public final class Contracts {

    /** The folder in which they are. */
    public static final String HOME = "contracts";

    private Contracts() {}

    /** Those that can be read, by subject; what is wrong with the others, and with these, is noted. */
    public static List<ContractDefinition> read(CatalogFolder folder, CatalogProblems problems) {
        return drafts(folder, problems).stream().map(ContractDraft::definition).toList();
    }

    /** Subjects are read side by side, for each is a matter of its own. */
    static List<ContractDraft> drafts(CatalogFolder folder, CatalogProblems problems) {
        List<Reading> readings = folder.names(HOME).parallelStream()
                .map(subject -> read(folder, subject))
                .toList();
        readings.forEach(reading -> problems.addAll(reading.problems()));
        return readings.stream().flatMap(reading -> reading.draft().stream()).toList();
    }

    private record Reading(Optional<ContractDraft> draft, CatalogProblems problems) {}

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
