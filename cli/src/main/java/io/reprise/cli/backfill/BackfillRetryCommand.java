package io.reprise.cli.backfill;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "retry",
        description = "Runs the slots that failed once more.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  reprise backfill retry 01JDA7Q0000000000000000000"})
public final class BackfillRetryCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Parameters(paramLabel = "ID", description = "The id of the backfill")
    private String id = "";

    @Override
    public Integer call() {
        api.print(
                api.client()
                        .post("/backfills/" + ApiClient.segment(id) + "/retry", JsonNodeFactory.instance.objectNode()),
                BackfillTables::one);
        return ExitCode.DONE.code();
    }
}
