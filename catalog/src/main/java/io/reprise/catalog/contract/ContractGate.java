package io.reprise.catalog.contract;

import io.reprise.catalog.shared.CatalogFolder;
import io.reprise.catalog.shared.CatalogProblem;
import io.reprise.catalog.shared.FilePlace;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * Decides whether the contracts of a catalog may be released, in four layers: each version by itself, Avro's own checker,
 * changes of meaning, and records that are written and read.
 */
public final class ContractGate {

    private static final long SEED = 20_261_122L;

    private final CatalogFolder folder;
    private final ReleasedContracts released;
    private final LocalDate today;

    private ContractGate(CatalogFolder folder, ReleasedContracts released, LocalDate today) {
        this.folder = folder;
        this.released = released;
        this.today = today;
    }

    /**
     * What was found, all at once.
     *
     * @param subjects how many contracts were looked at
     * @param versions of all of them together
     */
    public record Report(int subjects, int versions, List<Finding> findings) {
        public Report {
            findings = List.copyOf(findings);
        }

        public boolean isClean() {
            return findings.isEmpty();
        }
    }

    /**
     * Looks at all contracts of a catalog; empty where there is no such folder.
     *
     * @param today decides which waivers still hold
     */
    public static Optional<Report> check(Path root, ReleasedContracts released, LocalDate today) {
        return CatalogFolder.at(root).map(folder -> new ContractGate(folder, released, today).check());
    }

    private Report check() {
        List<Report> reports = Contracts.each(folder, this::check);
        Stream<Finding> found = reports.stream().flatMap(report -> report.findings().stream());
        return new Report(
                reports.stream().mapToInt(Report::subjects).sum(),
                reports.stream().mapToInt(Report::versions).sum(),
                Stream.concat(found, gone()).sorted().toList());
    }

    private Stream<Finding> gone() {
        Set<String> gone = new TreeSet<>(released.subjects());
        folder.names(Contracts.HOME).forEach(gone::remove);
        return gone.stream()
                .map(subject -> new Finding(
                        Rule.RELEASED_REMOVED,
                        subject,
                        0,
                        OptionalInt.empty(),
                        "",
                        FilePlace.startOf(Contracts.HOME + "/" + subject),
                        "found no contract (expected: the one that " + released.name() + " has)"));
    }

    private Report check(Contracts.Reading reading) {
        List<Finding> findings = new ArrayList<>();
        reading.problems().problems().forEach(problem -> findings.add(unreadable(problem)));
        reading.draft().ifPresent(draft -> findings.addAll(check(draft)));
        return new Report(
                reading.draft().isPresent() ? 1 : 0,
                reading.draft().map(draft -> draft.versions().size()).orElse(0),
                findings);
    }

    private static Finding unreadable(CatalogProblem problem) {
        String[] steps = problem.file().split("/", -1);
        FilePlace place = new FilePlace(problem.file(), problem.line(), problem.column());
        return new Finding(
                Rule.DEFINITION,
                steps.length > 1 ? steps[1] : "",
                0,
                OptionalInt.empty(),
                problem.path(),
                place,
                "found " + problem.found() + " (expected: " + problem.expected()
                        + problem.nearest().map(name -> "; nearest: " + name).orElse("") + ")");
    }

    private List<Finding> check(ContractDraft draft) {
        ContractFindings found = new ContractFindings(draft, today);
        String subject = draft.definition().subject().value();
        released(found, subject);
        new SchemaLint(found).check();
        List<VersionPair> pairs = VersionPair.of(draft, version -> released.isNew(subject, version));
        AvroCheck avro = new AvroCheck(found);
        Map<VersionPair, AvroCheck.Directions> readable = new LinkedHashMap<>();
        pairs.forEach(pair -> readable.put(pair, avro.check(pair)));
        Set<String> fieldsBefore = new HashSet<>();
        for (VersionPair pair : pairs) {
            if (pair.neighbours()) {
                fieldNames(pair.older().schema(), fieldsBefore, new HashSet<>());
                new SemanticCheck(found, pair, fieldsBefore).check();
            }
        }
        GoldenCheck golden = new GoldenCheck(found, new GoldenFiles(folder, found), SEED);
        readable.forEach(golden::check);
        return found.end();
    }

    private void released(ContractFindings found, String subject) {
        ContractDraft draft = found.draft();
        Set<Integer> gone = new TreeSet<>(released.versions(subject));
        for (VersionDraft version : draft.versions()) {
            if (gone.remove(version.version()) && !released.isAsReleased(subject, version)) {
                found.note(
                        Rule.RELEASED_CHANGED,
                        version,
                        "",
                        "found version " + version.version() + " changed (expected: as " + released.name()
                                + " has it)");
            }
        }
        gone.removeAll(draft.definition().retired());
        gone.forEach(version -> found.note(
                Rule.RELEASED_REMOVED,
                draft.fields().value(),
                "found no version " + version + " (expected: the one that " + released.name() + " has)"));
    }

    private static void fieldNames(Schema schema, Set<String> names, Set<String> seen) {
        switch (schema.getType()) {
            case RECORD -> {
                if (seen.add(schema.getFullName())) {
                    for (Schema.Field field : schema.getFields()) {
                        names.add(field.name());
                        fieldNames(field.schema(), names, seen);
                    }
                }
            }
            case ARRAY -> fieldNames(schema.getElementType(), names, seen);
            case MAP -> fieldNames(schema.getValueType(), names, seen);
            case UNION -> schema.getTypes().forEach(type -> fieldNames(type, names, seen));
            case ENUM, FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> {}
        }
    }
}
