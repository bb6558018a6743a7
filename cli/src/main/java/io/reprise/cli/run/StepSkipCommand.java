package io.reprise.cli.run;

import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "skip",
        description = "Gives up a stuck step or undo, for a reason that stays in the outcome.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  reprise step skip order/o-1001 debit-account --reason 'refunded by hand, ticket 4711'",
            "  reprise step skip --filter feature=order --reason 'shop closed' --dry-run",
        })
public final class StepSkipCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Mixin
    private StepChoice steps = new StepChoice();

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; it stays in the outcome")
    private String reason = "";

    @Override
    public Integer call() {
        steps.ask(api, "skip", StepChoice.nothing().put("reason", reason));
        return ExitCode.DONE.code();
    }
}
