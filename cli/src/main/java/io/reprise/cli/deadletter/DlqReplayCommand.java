package io.reprise.cli.deadletter;

import io.reprise.cli.shared.ApiOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "replay",
        description = "Makes runs of dead letters, after what ailed them was mended.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit 3 where any was refused; the others are replayed all the same.",
            "",
            "Examples:",
            "  reprise dlq replay 01JDA7Q0000000000000000000 --dry-run",
            "  reprise dlq replay --fingerprint 'invalid:/region' --trigger day-closed",
        })
public final class DlqReplayCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Mixin
    private Chosen chosen = new Chosen();

    @Override
    public Integer call() {
        return Letters.decide(api, "replay", chosen.request());
    }
}
