package io.reprise.cli.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import io.reprise.cli.shared.PageOption;
import io.reprise.cli.shared.Query;
import io.reprise.cli.shared.Table;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        description = "Lists dead letters, the newest first, or counts open ones by what ails them.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  reprise dlq list --grouped", "  reprise dlq list --status OPEN --output json"})
public final class DlqListCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Mixin
    private PageOption page = new PageOption();

    @Option(names = "--grouped", description = "Count open ones by what ails them")
    private boolean grouped;

    @Option(names = "--status", paramLabel = "WORD", description = "OPEN, REPLAYED or DISCARDED")
    private @Nullable String status;

    @Option(names = "--trigger", paramLabel = "NAME", description = "Only of this trigger")
    private @Nullable String trigger;

    @Option(names = "--fingerprint", paramLabel = "TEXT", description = "Only those that fail alike")
    private @Nullable String fingerprint;

    @Override
    public Integer call() {
        if (grouped) {
            api.print(api.client().get("/dead-letters/groups"), DlqListCommand::groups);
            return ExitCode.DONE.code();
        }
        Query query = page.addTo(new Query())
                .with("status", status)
                .with("trigger", trigger)
                .with("fingerprint", fingerprint);
        api.print(api.client().get("/dead-letters" + query), DlqListCommand::letters);
        return ExitCode.DONE.code();
    }

    private static Table groups(JsonNode groups) {
        return Table.of(
                groups.path("items"),
                "fingerprint",
                "trigger",
                "code",
                "count",
                "attempts",
                "oldest",
                "newest",
                "message");
    }

    private static Table letters(JsonNode page) {
        Table table = Table.of(
                page.path("items"),
                "id",
                "status",
                "trigger",
                "code",
                "/source/topic",
                "/source/partition",
                "/source/offset",
                "message");
        return PageOption.withNext(table, page);
    }
}
