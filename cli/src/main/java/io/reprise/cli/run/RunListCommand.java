package io.reprise.cli.run;

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
        description = "Lists runs, the newest first.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  reprise run list --feature order --forward FAILED",
            "  reprise run list --compensation STUCK --output json",
        })
public final class RunListCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Mixin
    private PageOption page = new PageOption();

    @Option(names = "--feature", paramLabel = "FEATURE", description = "Only of this feature, such as order")
    private @Nullable String feature;

    @Option(names = "--name", paramLabel = "NAME", description = "Only of this name, such as an order id")
    private @Nullable String name;

    @Option(names = "--slot", paramLabel = "SLOT", description = "Only of this slot, such as a day")
    private @Nullable String slot;

    @Option(
            names = "--forward",
            paramLabel = "WORD",
            description = "QUEUED RUNNING WAITING STUCK SUCCEEDED FAILED CANCELLED")
    private @Nullable String forward;

    @Option(names = "--compensation", paramLabel = "WORD", description = "NONE RUNNING STUCK DONE PARTIAL")
    private @Nullable String compensation;

    @Option(names = "--since", paramLabel = "INSTANT", description = "Accepted then or later: 2026-11-19T00:00:00Z")
    private @Nullable String since;

    @Override
    public Integer call() {
        Query query = page.addTo(new Query())
                .with("feature", feature)
                .with("name", name)
                .with("slot", slot)
                .with("forward", forward)
                .with("compensation", compensation)
                .with("since", since);
        api.print(api.client().get("/runs" + query), RunTables::list);
        return ExitCode.DONE.code();
    }
}
