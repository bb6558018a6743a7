package io.reprise.cli.pipeline;

import io.reprise.catalog.fixture.Fixture;
import io.reprise.catalog.fixture.Fixtures;
import io.reprise.catalog.pipeline.Definitions;
import io.reprise.catalog.pipeline.DefinitionsReader;
import io.reprise.catalog.shared.NearestName;
import io.reprise.cli.catalog.Findings;
import io.reprise.cli.fixture.FixtureReport;
import io.reprise.cli.fixture.FixtureResult;
import io.reprise.cli.fixture.FixtureRuns;
import io.reprise.cli.shared.CommandFailed;
import io.reprise.cli.shared.ExitCode;
import io.reprise.cli.shared.OutputFormat;
import io.reprise.cli.shared.OutputOption;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "test",
        description =
                "Runs the tests of a pipeline, tests/*.yaml, on databases that are made for them. It asks no server.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Ends with 0 where all pass, 1 where one fails, 3 where a file is not understood, 4 where there is none.",
            "",
            "Examples:",
            "  reprise pipeline test daily-aggregation --catalog examples/shop",
            "  reprise pipeline test --catalog examples/shop --output json",
        })
public final class PipelineTestCommand implements Callable<Integer> {

    /** Of what runs is told by its result. */
    private static final String LOG = "reprise.log";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The name of the pipeline (default: all of them)")
    private @Nullable String name;

    @Option(
            names = "--catalog",
            paramLabel = "DIR",
            defaultValue = "${env:REPRISE_CATALOG:-catalog}",
            description = "The catalog's folder (default: REPRISE_CATALOG, else catalog)")
    private Path folder = Path.of("catalog");

    @Option(names = "--env", paramLabel = "NAME", description = "For which of its environments (default: for none)")
    private @Nullable String environment;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "How long one test may take (default: ${DEFAULT-VALUE})")
    private int seconds = 120;

    @Mixin
    private OutputOption output = new OutputOption();

    @Override
    public Integer call() throws IOException {
        System.setProperty(LOG, "OFF");
        if (!Files.isDirectory(folder)) {
            throw new CommandFailed(ExitCode.USAGE, "cannot test " + folder + ": there is no such folder");
        }
        Definitions read = DefinitionsReader.read(folder, Optional.ofNullable(environment), System.getenv());
        Fixtures fixtures = Fixtures.of(folder, read);
        Definitions definitions = read.with(fixtures.problems());
        if (!definitions.areSound()) {
            throw new CommandFailed(
                    ExitCode.REFUSED,
                    "cannot test " + folder + ":" + System.lineSeparator()
                            + String.join(System.lineSeparator(), Findings.lines(definitions)));
        }
        List<FixtureResult> results = run(definitions, chosen(definitions, fixtures));
        return (results.stream().allMatch(FixtureResult::passed) ? ExitCode.DONE : ExitCode.FAILED).code();
    }

    private List<Fixture> chosen(Definitions definitions, Fixtures fixtures) {
        if (name != null && definitions.pipeline(name).isEmpty()) {
            List<String> names = definitions.pipelines().stream()
                    .map(pipeline -> pipeline.name().value())
                    .toList();
            throw new CommandFailed(
                    ExitCode.NOT_FOUND,
                    "cannot test '" + name + "': the catalog has no such pipeline (expected: one of "
                            + String.join(", ", names)
                            + NearestName.to(name, names)
                                    .map(it -> "; nearest: " + it)
                                    .orElse("") + ")");
        }
        List<Fixture> chosen = name == null ? fixtures.all() : fixtures.ofPipeline(name);
        if (chosen.isEmpty()) {
            throw new CommandFailed(
                    ExitCode.NOT_FOUND,
                    "there are no tests in " + folder.resolve("pipelines").resolve(name == null ? "*" : name)
                            + "/tests (expected: one file or more, <test>.yaml)");
        }
        return chosen;
    }

    private List<FixtureResult> run(Definitions definitions, List<Fixture> chosen) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        boolean table = output.format() == OutputFormat.TABLE;
        List<FixtureResult> results = new ArrayList<>();
        try (FixtureRuns runs = FixtureRuns.of(definitions, Duration.ofSeconds(seconds))) {
            for (Fixture fixture : chosen) {
                FixtureResult result = runs.run(fixture);
                results.add(result);
                if (table) {
                    FixtureReport.lines(result).forEach(out::println);
                    out.flush();
                }
            }
        }
        out.println(table ? FixtureReport.sum(results) : FixtureReport.json(results));
        out.flush();
        return results;
    }
}
