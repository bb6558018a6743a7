package io.reprise.cli.order;

import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = "Shows what has become of an order.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  reprise order show o-1001"})
public final class OrderShowCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Parameters(paramLabel = "ID", description = "The order's id")
    private String id = "";

    @Override
    public Integer call() {
        api.print(api.client().get("/orders/" + ApiClient.segment(id)), OrderTable::of);
        return ExitCode.DONE.code();
    }
}
