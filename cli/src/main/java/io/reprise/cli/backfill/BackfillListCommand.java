package io.reprise.cli.backfill;

import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import io.reprise.cli.shared.PageOption;
import io.reprise.cli.shared.Query;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        description = "Lists backfills, the newest first.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  reprise backfill list --pipeline daily-aggregation --state RUNNING"})
public final class BackfillListCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Option(names = "--pipeline", paramLabel = "NAME", description = "Only of this pipeline")
    private @Nullable String pipeline;

    @Option(names = "--state", paramLabel = "WORD", description = "RUNNING, PAUSED, CANCELLED or DONE")
    private @Nullable String state;

    @Mixin
    private PageOption page = new PageOption();

    @Override
    public Integer call() {
        Query query = page.addTo(new Query().with("pipeline", pipeline).with("state", state));
        api.print(api.client().get("/backfills" + query), BackfillTables::list);
        return ExitCode.DONE.code();
    }
}
