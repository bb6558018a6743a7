package io.reprise.cli.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "cancel",
        description = "Cancels a run and undoes what it did; refused once its pivot has happened.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  reprise run cancel order/o-1001 --reason 'customer changed their mind'"})
public final class RunCancelCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Parameters(paramLabel = "ID", description = "A run id or a workflow id")
    private String id = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it stays in the operators' audit")
    private @Nullable String reason;

    @Override
    public Integer call() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (reason != null) {
            body.put("reason", reason);
        }
        api.print(api.client().post("/runs/" + ApiClient.segment(id) + "/cancel", body), RunTables::one);
        return ExitCode.DONE.code();
    }
}
