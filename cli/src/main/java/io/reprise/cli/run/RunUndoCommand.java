package io.reprise.cli.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "undo",
        description = "Undoes a run that was terminated in Temporal, or lost there, from what its fences say it did.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  reprise run undo order/o-1001"})
public final class RunUndoCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Parameters(paramLabel = "ID", description = "A run id or a workflow id")
    private String id = "";

    @Override
    public Integer call() {
        api.print(
                api.client().post("/runs/" + ApiClient.segment(id) + "/undo", JsonNodeFactory.instance.objectNode()),
                RunTables::one);
        return ExitCode.DONE.code();
    }
}
