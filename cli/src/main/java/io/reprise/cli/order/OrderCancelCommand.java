package io.reprise.cli.order;

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
        description = "Cancels an order and undoes what was done; refused once it is complete.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  reprise order cancel o-1001 --reason 'customer changed their mind'"})
public final class OrderCancelCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Mixin
    private ReasonOption reason = new ReasonOption();

    @Parameters(paramLabel = "ID", description = "The order's id")
    private String id = "";

    @Override
    public Integer call() {
        api.print(api.client().post("/orders/" + ApiClient.segment(id) + "/cancel", reason.body()), OrderTable::of);
        return ExitCode.DONE.code();
    }
}
