package io.reprise.cli.deadletter;

import io.reprise.cli.shared.ApiOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "discard",
        description = "Gives dead letters up, for a reason that stays with them.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:",
            "  reprise dlq discard 01JDA7Q0000000000000000000 --reason 'test data of the partner'",
        })
public final class DlqDiscardCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Parameters(arity = "1..*", paramLabel = "ID", description = "Ids of dead letters")
    private List<String> ids = List.of();

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; it stays with the letter")
    private String reason = "";

    @Option(names = "--dry-run", description = "Only tell which")
    private boolean dryRun;

    @Override
    public Integer call() {
        return Letters.decide(api, "discard", Letters.request(ids, dryRun).put("reason", reason));
    }
}
