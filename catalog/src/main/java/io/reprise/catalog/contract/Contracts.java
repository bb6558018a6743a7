package io.reprise.catalog.contract;

import io.reprise.catalog.shared.CatalogFolder;
import io.reprise.catalog.shared.CatalogProblems;
import io.reprise.catalog.shared.FilePlace;
import io.reprise.workflows.run.Name;
import java.util.ArrayList;
import java.util.List;

/** The contracts of a catalog. */
public final class Contracts {

    /** The folder in which they are. */
    public static final String HOME = "contracts";

    private Contracts() {}

    /** Those that can be read, by subject; what is wrong with the others, and with these, is noted. */
    public static List<ContractDefinition> read(CatalogFolder folder, CatalogProblems problems) {
        return drafts(folder, problems).stream().map(ContractDraft::definition).toList();
    }

    static List<ContractDraft> drafts(CatalogFolder folder, CatalogProblems problems) {
        List<ContractDraft> drafts = new ArrayList<>();
        for (String subject : folder.names(HOME)) {
            String home = HOME + "/" + subject;
            if (!folder.isFolder(home)) {
                note(problems, home, "a file", "a folder with a contract.yaml");
            } else if (!Name.isName(subject)) {
                note(problems, home, "the folder '" + subject + "'", "a name, " + Name.FORM);
            } else if (!folder.has(home + "/contract.yaml")) {
                note(problems, home, "a folder without a contract.yaml", "contract.yaml");
            } else {
                new ContractReader(folder, home, problems).read().ifPresent(drafts::add);
            }
        }
        return drafts;
    }

    private static void note(CatalogProblems problems, String file, String found, String expected) {
        problems.note(FilePlace.startOf(file), "", found, expected);
    }
}
