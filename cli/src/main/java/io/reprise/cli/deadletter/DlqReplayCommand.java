package io.reprise.cli.deadletter;

import io.reprise.cli.shared.ApiOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "replay",
        description = "Makes runs of dead letters, after what ailed them was mended.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit 3 where any was refused; the others are replayed all the same.",
            "",
            "Example:",
            "  reprise dlq replay 01JDA7Q0000000000000000000 --dry-run",
        })
public final class DlqReplayCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Parameters(arity = "1..*", paramLabel = "ID", description = "Ids of dead letters")
    private List<String> ids = List.of();

    @Option(names = "--dry-run", description = "Only tell what would become of them")
    private boolean dryRun;

    @Override
    public Integer call() {
        return Letters.decide(api, "replay", Letters.request(ids, dryRun));
    }
}
