package io.reprise.cli.contract;

import io.reprise.catalog.contract.ContractDefinition;
import io.reprise.catalog.contract.ContractGate;
import io.reprise.catalog.contract.Contracts;
import io.reprise.catalog.contract.Finding;
import io.reprise.catalog.contract.ReleasedContracts;
import io.reprise.catalog.contract.SchemaEvolution;
import io.reprise.cli.shared.CommandFailed;
import io.reprise.cli.shared.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "evolve",
        description = "Writes the next version of a contract from the newest, and says what the gate says of it.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Types: string, bytes, int, long, float, double, boolean, date, uuid, timestamp-millis and its kin, decimal(9,2);"
                    + " a ? behind one lets it be null.",
            "",
            "Examples:",
            "  reprise contract evolve shop.events --add 'note:string=' --add 'weight:double?' --dry-run",
            "  reprise contract evolve shop.events --rename amount=total --remove comment",
        })
public final class ContractEvolveCommand implements Callable<Integer> {

    private final Clock clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SUBJECT", description = "The contract's name")
    private String subject = "";

    @Option(names = "--add", paramLabel = "FIELD:TYPE[=DEFAULT]", description = "A field more")
    private List<String> added = List.of();

    @Option(names = "--remove", paramLabel = "FIELD", description = "A field less")
    private List<String> removed = List.of();

    @Option(names = "--rename", paramLabel = "OLD=NEW", description = "Another name; the old one becomes an alias")
    private List<String> renamed = List.of();

    @Option(names = "--dry-run", description = "Prints the version and what the gate says, and writes nothing")
    private boolean dryRun;

    @Mixin
    private ContractFolder catalog = new ContractFolder();

    public ContractEvolveCommand() {
        this(Clock.systemUTC());
    }

    ContractEvolveCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        ContractDefinition contract = catalog.contract(subject);
        int next = contract.newest().version() + 1;
        String text = next(contract);
        Path home = Path.of(Contracts.HOME, subject);
        Path file = home.resolve("v" + next + ".avsc");
        PrintWriter out = spec.commandLine().getOut();
        if (!dryRun) {
            write(catalog.folder().resolve(file), text);
            out.println("wrote " + catalog.folder().resolve(file));
            return tell(out, catalog.folder(), next);
        }
        Path trial = Files.createTempDirectory("reprise-evolve");
        try {
            copy(catalog.folder().resolve(home), trial.resolve(home));
            write(trial.resolve(file), text);
            out.print(text);
            return tell(out, trial, next);
        } finally {
            delete(trial);
        }
    }

    private String next(ContractDefinition contract) {
        if (added.isEmpty() && removed.isEmpty() && renamed.isEmpty()) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "cannot evolve " + subject + " without a change (expected: --add, --remove or --rename)");
        }
        try {
            SchemaEvolution evolution = SchemaEvolution.from(contract.newest());
            renamed.forEach(evolution::rename);
            removed.forEach(evolution::remove);
            added.forEach(evolution::add);
            return evolution.text();
        } catch (IllegalArgumentException refused) {
            throw new CommandFailed(ExitCode.USAGE, String.valueOf(refused.getMessage()), refused);
        }
    }

    /** What was found before in other contracts is not told here. */
    private int tell(PrintWriter out, Path folder, int version) {
        List<Finding> findings = ContractGate.check(folder, ReleasedContracts.NONE, LocalDate.now(clock))
                .map(ContractGate.Report::findings)
                .orElse(List.of())
                .stream()
                .filter(finding -> finding.subject().equals(subject))
                .filter(finding -> finding.version() == 0 || finding.version() == version)
                .toList();
        findings.forEach(out::println);
        out.println(
                findings.isEmpty()
                        ? "version " + version + " of " + subject + " may be released"
                        : "version " + version + " of " + subject + " may not be released: " + findings.size()
                                + (findings.size() == 1 ? " finding" : " findings"));
        out.flush();
        return (findings.isEmpty() ? ExitCode.DONE : ExitCode.REFUSED).code();
    }

    private static void write(Path file, String text) throws IOException {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException there) {
            throw new CommandFailed(ExitCode.REFUSED, "cannot write " + file + ": it is there", there);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
