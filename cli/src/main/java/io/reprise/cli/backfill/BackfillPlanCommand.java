package io.reprise.cli.backfill;

import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import io.reprise.cli.shared.PageOption;
import io.reprise.cli.shared.Query;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "plan",
        description = "Tells what a backfill would do about each slot, and why. It starts nothing.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  reprise backfill plan daily-aggregation --from 2026-11-01 --to 2026-11-19",
            "  reprise backfill plan daily-aggregation --from 2026-01 --to 2026-10 --policy failed",
        })
public final class BackfillPlanCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Mixin
    private BackfillBounds bounds = new BackfillBounds();

    @Mixin
    private PageOption page = new PageOption();

    @Override
    public Integer call() {
        api.print(
                api.client().post("/backfills/plan" + page.addTo(new Query()), bounds.request()), BackfillTables::plan);
        return ExitCode.DONE.code();
    }
}
