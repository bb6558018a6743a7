package io.reprise.cli.backfill;

import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import io.reprise.cli.shared.PageOption;
import io.reprise.cli.shared.Query;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = "Shows a backfill: how far it got, how long the rest may take, and what failed.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  reprise backfill show 01JDA7Q0000000000000000000",
            "  reprise backfill show 01JDA7Q0000000000000000000 --slots --state FAILED",
        })
public final class BackfillShowCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Parameters(paramLabel = "ID", description = "The id of the backfill")
    private String id = "";

    @Option(names = "--slots", description = "List its slots instead, in the order in which they are run")
    private boolean slots;

    @Option(
            names = "--state",
            paramLabel = "WORD",
            description = "With --slots: PLANNED, RUNNING, DONE, FAILED, CANCELLED or SKIPPED")
    private @Nullable String state;

    @Mixin
    private PageOption page = new PageOption();

    @Override
    public Integer call() {
        String path = "/backfills/" + ApiClient.segment(id);
        if (slots) {
            Query query = page.addTo(new Query().with("state", state));
            api.print(api.client().get(path + "/slots" + query), BackfillTables::slots);
            return ExitCode.DONE.code();
        }
        api.print(api.client().get(path), BackfillTables::one);
        return ExitCode.DONE.code();
    }
}
