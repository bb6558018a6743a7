package io.reprise.cli.contract;

import io.reprise.catalog.contract.ContractGate;
import io.reprise.catalog.contract.ReleasedContracts;
import io.reprise.cli.shared.CommandFailed;
import io.reprise.cli.shared.ExitCode;
import io.reprise.cli.shared.OutputOption;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
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
        description =
                "Decides whether the contracts of a catalog may be released. It asks no server and changes nothing.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Looks at each version by itself, asks Avro's own checker about every living version, finds changes of meaning that"
                    + " Avro lets through, and reads records of each version with the others.",
            "",
            "Ends with 0 where nothing was found, with 3 otherwise.",
            "",
            "Examples:",
            "  reprise contract check examples/shop",
            "  reprise contract check my-catalog --against origin/main --output json",
        })
public final class ContractCheckCommand implements Callable<Integer> {

    private final Clock clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            defaultValue = "${env:REPRISE_CATALOG:-catalog}",
            description = "The catalog's folder (default: REPRISE_CATALOG, else catalog)")
    private Path folder = Path.of("catalog");

    @Option(
            names = "--against",
            paramLabel = "REF",
            description =
                    "A branch, tag or commit of git whose versions are released: none of them may change or vanish")
    private @Nullable String reference;

    @Mixin
    private OutputOption output = new OutputOption();

    public ContractCheckCommand() {
        this(Clock.systemUTC());
    }

    ContractCheckCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        ReleasedContracts released = reference == null ? ReleasedContracts.NONE : GitContracts.at(folder, reference);
        ContractGate.Report report = ContractGate.check(folder, released, LocalDate.now(clock))
                .orElseThrow(() ->
                        new CommandFailed(ExitCode.USAGE, "cannot check " + folder + ": there is no such folder"));
        PrintWriter out = spec.commandLine().getOut();
        switch (output.format()) {
            case JSON -> out.println(GateOutput.json(folder, report));
            case TABLE -> GateOutput.lines(report).forEach(out::println);
        }
        out.flush();
        return (report.isClean() ? ExitCode.DONE : ExitCode.REFUSED).code();
    }
}
