package io.reprise.cli.run;

import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import io.reprise.cli.shared.ReasonOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "cancel",
        description = "Cancels a run and undoes what it did; refused once its pivot has happened.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  reprise run cancel order/o-1001 --reason 'customer changed their mind'"})
public final class RunCancelCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Mixin
    private ReasonOption reason = new ReasonOption();

    @Parameters(paramLabel = "ID", description = "A run id or a workflow id")
    private String id = "";

    @Override
    public Integer call() {
        api.print(api.client().post("/runs/" + ApiClient.segment(id) + "/cancel", reason.body()), RunTables::one);
        return ExitCode.DONE.code();
    }
}
