package io.reprise.cli.catalog;

import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "plan",
        description =
                "Tells what applying a catalog would change: definitions, schedules, and runs that end with older ones.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  reprise catalog plan examples/shop --env production"})
public final class CatalogPlanCommand implements Callable<Integer> {

    @Mixin
    private CatalogSource catalog = new CatalogSource();

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Override
    public Integer call() {
        ApiClient client = api.client();
        api.print(client.post("/catalog/plan", catalog.read("plan", client)), CatalogTables::plan);
        return ExitCode.DONE.code();
    }
}
