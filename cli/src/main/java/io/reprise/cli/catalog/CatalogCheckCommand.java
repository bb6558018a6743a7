package io.reprise.cli.catalog;

import io.reprise.catalog.fixture.Fixtures;
import io.reprise.catalog.pipeline.Definitions;
import io.reprise.catalog.pipeline.DefinitionsReader;
import io.reprise.catalog.trigger.CatalogTriggers;
import io.reprise.cli.shared.CommandFailed;
import io.reprise.cli.shared.ExitCode;
import io.reprise.cli.shared.OutputOption;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
        name = "check",
        description = "Reads a catalog and tells all that is wrong with it. It asks no server and changes nothing.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Ends with 0 for a catalog that can be applied, with 3 where something is wrong; warnings change nothing.",
            "",
            "Examples:",
            "  reprise catalog check examples/shop",
            "  reprise catalog check my-catalog --env production --output json",
        })
public final class CatalogCheckCommand implements Callable<Integer> {

    private final Map<String, String> variables;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            defaultValue = "${env:REPRISE_CATALOG:-catalog}",
            description = "The catalog's folder (default: REPRISE_CATALOG, else catalog)")
    private Path folder = Path.of("catalog");

    @Option(names = "--env", paramLabel = "NAME", description = "For which of its environments (default: for none)")
    private @Nullable String environment;

    @Mixin
    private OutputOption output = new OutputOption();

    public CatalogCheckCommand() {
        this(System.getenv());
    }

    CatalogCheckCommand(Map<String, String> variables) {
        this.variables = variables;
    }

    @Override
    public Integer call() {
        if (!Files.isDirectory(folder)) {
            throw new CommandFailed(ExitCode.USAGE, "cannot check " + folder + ": there is no such folder");
        }
        Definitions read = DefinitionsReader.read(folder, Optional.ofNullable(environment), variables);
        Definitions definitions = read.with(Fixtures.of(folder, read).problems())
                .with(CatalogTriggers.of(folder, read).problems());
        PrintWriter out = spec.commandLine().getOut();
        switch (output.format()) {
            case JSON -> out.println(Findings.json(folder, definitions));
            case TABLE -> Findings.lines(definitions).forEach(out::println);
        }
        out.flush();
        return (definitions.areSound() ? ExitCode.DONE : ExitCode.REFUSED).code();
    }
}
