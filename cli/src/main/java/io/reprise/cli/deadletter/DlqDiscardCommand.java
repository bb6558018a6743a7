package io.reprise.cli.deadletter;

import io.reprise.cli.shared.ApiOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Mixin
    private Chosen chosen = new Chosen();

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; it stays with the letter")
    private String reason = "";

    @Override
    public Integer call() {
        return Letters.decide(api, "discard", chosen.request().put("reason", reason));
    }
}
