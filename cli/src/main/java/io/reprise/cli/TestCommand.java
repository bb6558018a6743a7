package io.reprise.cli;

import io.reprise.cli.shared.CommandFailed;
import io.reprise.cli.shared.ExitCode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Explains {@code reprise test}. The launcher runs it, because it must also work when the code does not compile. */
@Command(
        name = "test",
        description = "Builds everything and runs the tests, as CI does.",
        mixinStandardHelpOptions = true)
final class TestCommand implements Callable<Integer> {

    @Option(
            names = "--quick",
            description = "Leave out what takes long: the tags slow, whole, chaos, production and page")
    private boolean quick;

    @Option(
            names = "--topology",
            paramLabel = "production",
            description = "Only the tests against Temporal's production server on PostgreSQL, built with Go")
    private @Nullable String topology;

    @Override
    public Integer call() {
        throw new CommandFailed(
                ExitCode.USAGE,
                "the tests" + (quick ? " --quick" : "") + (topology == null ? "" : " --topology " + topology)
                        + " are run by the launcher: call ./reprise test in a checkout");
    }
}
