package io.reprise.cli.run;

import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "retry",
        description = "Replaces the waiting attempt of a step, or of its undo, by a new one now.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  reprise step retry order/o-1001 debit-account",
            "  reprise step retry --filter feature=order,step=debit-account --dry-run",
        })
public final class StepRetryCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Mixin
    private StepChoice steps = new StepChoice();

    @Override
    public Integer call() {
        steps.ask(api, "retry", StepChoice.nothing());
        return ExitCode.DONE.code();
    }
}
