package io.reprise.bench.contract;

import io.reprise.bench.shared.BenchResult;
import io.reprise.bench.shared.Figure;
import io.reprise.bench.shared.Goal;
import io.reprise.bench.shared.Launcher;
import io.reprise.catalog.contract.ContractGate;
import io.reprise.catalog.contract.ReleasedContracts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Lets the gate look at a large catalog of sound contracts, as a build does. */
public final class ContractBench {

    private static final int SUBJECTS = 100;
    private static final int VERSIONS = 20;
    private static final int FIELDS = 17;
    private static final int AGAIN = 5;
    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

    private final Launcher launcher;
    private final Consumer<String> progress;

    public ContractBench(Path root, Consumer<String> progress) {
        this.launcher = Launcher.of(root);
        this.progress = progress;
    }

    public BenchResult run() throws IOException, InterruptedException {
        Path root = Files.createTempDirectory("reprise-contracts-");
        try {
            write(root);
            secondsOfCommand(root);
            double command = median(() -> secondsOfCommand(root), "reprise contract check");
            double first = secondsOfGate(root);
            progress.accept("first within a JVM that runs already: " + first + " s");
            double again = median(() -> secondsOfGate(root), "again within it");
            return BenchResult.here(
                    "contract",
                    List.of(
                            Figure.of(
                                    "reprise contract check, 100 subjects of 20 versions, median wall time",
                                    command,
                                    "s",
                                    Goal.atMost(1)),
                            Figure.of("the gate, first within a JVM that runs already", first, "s"),
                            Figure.of("the same again, median", again, "s")));
        } finally {
            delete(root);
        }
    }

    private interface Timed {
        double seconds() throws IOException, InterruptedException;
    }

    private double median(Timed timed, String what) throws IOException, InterruptedException {
        List<Double> seconds = new ArrayList<>();
        for (int n = 0; n < AGAIN; n++) {
            seconds.add(timed.seconds());
        }
        progress.accept(what + ": " + seconds);
        return seconds.stream().sorted().toList().get(AGAIN / 2);
    }

    private double secondsOfCommand(Path root) throws IOException, InterruptedException {
        return launcher.secondsOf("contract", "check", root.toString());
    }

    private static double secondsOfGate(Path root) {
        long begun = System.nanoTime();
        ContractGate.Report report =
                ContractGate.check(root, ReleasedContracts.NONE, TODAY).orElseThrow();
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (!report.isClean() || report.versions() != SUBJECTS * VERSIONS) {
            throw new IllegalStateException("cannot measure the gate: found " + report.versions() + " versions and "
                    + report.findings() + " (expected: " + SUBJECTS * VERSIONS + " and no finding)");
        }
        return seconds;
    }

    private static void write(Path root) throws IOException {
        for (int subject = 0; subject < SUBJECTS; subject++) {
            Path home = Files.createDirectories(root.resolve("contracts").resolve("subject-" + subject));
            Files.writeString(home.resolve("contract.yaml"), """
                    {subject: subject-%d, owner: me, compatibility: BACKWARD_TRANSITIVE, key: id, event-time: at}
                    """.formatted(subject));
            for (int version = 1; version <= VERSIONS; version++) {
                Files.writeString(home.resolve("v" + version + ".avsc"), schema(version));
            }
        }
    }

    private static String schema(int version) {
        StringBuilder fields = new StringBuilder("""
                {"name": "id", "type": "string", "doc": "d"},
                {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}, "doc": "d"},
                {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["A", "B"]}, "doc": "d"},
                {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}, "doc": "d"}""");
        for (int field = 4; field < FIELDS + version - 1; field++) {
            fields.append(",\n{\"name\": \"field")
                    .append(field)
                    .append("\", \"type\": [\"null\", \"long\"], \"default\": null, \"doc\": \"d\"}");
        }
        return "{\"type\": \"record\", \"name\": \"Event\", \"namespace\": \"shop\", \"doc\": \"d\", \"fields\": [\n"
                + fields + "]}\n";
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
