package io.reprise.cli.pipeline;

import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import io.reprise.cli.shared.PageOption;
import io.reprise.cli.shared.Query;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        description = "Lists the pipelines of the applied catalog, with what starts them and their last run.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  reprise pipeline list"})
public final class PipelineListCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Mixin
    private PageOption page = new PageOption();

    @Override
    public Integer call() {
        api.print(api.client().get("/pipelines" + page.addTo(new Query())), PipelineTables::list);
        return ExitCode.DONE.code();
    }
}
