package io.reprise.cli.contract;

import io.reprise.catalog.contract.ContractDefinition;
import io.reprise.catalog.contract.Contracts;
import io.reprise.catalog.contract.SchemaVersion;
import io.reprise.catalog.shared.CatalogFolder;
import io.reprise.catalog.shared.CatalogProblem;
import io.reprise.catalog.shared.CatalogProblems;
import io.reprise.catalog.shared.NearestName;
import io.reprise.cli.shared.CommandFailed;
import io.reprise.cli.shared.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whose contracts are meant: use it as a mixin. */
public final class ContractFolder {

    @Option(
            names = "--catalog",
            paramLabel = "DIR",
            defaultValue = "${env:REPRISE_CATALOG:-catalog}",
            description = "The catalog's folder (default: REPRISE_CATALOG, else catalog)")
    private Path folder = Path.of("catalog");

    Path folder() {
        return folder;
    }

    ContractDefinition contract(String subject) {
        CatalogFolder catalog = CatalogFolder.at(folder)
                .orElseThrow(
                        () -> new CommandFailed(ExitCode.USAGE, "cannot read " + folder + ": there is no such folder"));
        List<ContractDefinition> contracts = read(catalog, subject);
        return named(subject, contracts).orElseThrow(() -> missing(subject, contracts));
    }

    /** Empty where the folder has no such contract, or is none. */
    Optional<ContractDefinition> find(String subject) {
        return CatalogFolder.at(folder).flatMap(catalog -> named(subject, read(catalog, subject)));
    }

    private static Optional<ContractDefinition> named(String subject, List<ContractDefinition> contracts) {
        return contracts.stream()
                .filter(contract -> contract.subject().value().equals(subject))
                .findFirst();
    }

    /** All that can be read; the one that is asked for must be. */
    private static List<ContractDefinition> read(CatalogFolder catalog, String subject) {
        CatalogProblems problems = new CatalogProblems();
        List<ContractDefinition> contracts = Contracts.read(catalog, problems);
        String home = Contracts.HOME + "/" + subject;
        List<CatalogProblem> ofIt = problems.problems().stream()
                .filter(problem -> problem.file().equals(home) || problem.file().startsWith(home + "/"))
                .toList();
        if (!ofIt.isEmpty()) {
            throw new CommandFailed(
                    ExitCode.REFUSED,
                    "cannot read the contract " + subject + ":" + System.lineSeparator()
                            + String.join(
                                    System.lineSeparator(),
                                    ofIt.stream().map(CatalogProblem::toString).toList()));
        }
        return contracts;
    }

    static SchemaVersion version(ContractDefinition contract, int number) {
        return contract.version(number)
                .orElseThrow(() -> new CommandFailed(
                        ExitCode.NOT_FOUND,
                        "found no version " + number + " of " + contract.subject() + " (expected: "
                                + contract.versions().getFirst().version() + " to "
                                + contract.newest().version() + ")"));
    }

    private CommandFailed missing(String subject, List<ContractDefinition> contracts) {
        List<String> names =
                contracts.stream().map(contract -> contract.subject().value()).toList();
        String near =
                NearestName.to(subject, names).map(name -> "; nearest: " + name).orElse("");
        return new CommandFailed(
                ExitCode.NOT_FOUND,
                "found no contract '" + subject + "' in " + folder + " (expected: one of " + String.join(", ", names)
                        + near + ")");
    }
}
