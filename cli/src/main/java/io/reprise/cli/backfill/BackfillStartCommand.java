package io.reprise.cli.backfill;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "start",
        description = "Runs a pipeline for the slots from one up to and with another.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  reprise backfill start daily-aggregation --from 2026-11-01 --to 2026-11-19 --dry-run",
            "  reprise backfill start daily-aggregation --from 2026-11-01 --to 2026-11-19 --policy failed --parallel 2",
            "  reprise backfill start daily-aggregation --from 2024-01 --to 2026-10 --order newest --wait",
        })
public final class BackfillStartCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Mixin
    private BackfillBounds bounds = new BackfillBounds();

    @Mixin
    private BackfillWait wait = new BackfillWait();

    @Option(names = "--dry-run", description = "Only tell what would be done, as reprise backfill plan")
    private boolean dryRun;

    @Option(names = "--yes", description = "More than 10,000 slots are meant")
    private boolean confirmed;

    @Override
    public Integer call() {
        if (dryRun) {
            api.print(api.client().post("/backfills/plan", bounds.request()), BackfillTables::plan);
            return ExitCode.DONE.code();
        }
        JsonNode started = api.client().post("/backfills", bounds.request().put("yes", confirmed));
        if (!wait.isAsked()) {
            api.print(started, BackfillTables::one);
            return ExitCode.DONE.code();
        }
        JsonNode ended = wait.untilEnded(api, started.path("id").asText());
        api.print(ended, BackfillTables::one);
        return BackfillWait.exitCode(ended);
    }
}
