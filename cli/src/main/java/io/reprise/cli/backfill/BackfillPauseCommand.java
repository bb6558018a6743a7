package io.reprise.cli.backfill;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "pause",
        description = "Starts no other slot until resumed; runs that are open go on.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  reprise backfill pause 01JDA7Q0000000000000000000 --reason 'warehouse is slow'"})
public final class BackfillPauseCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Parameters(paramLabel = "ID", description = "The id of the backfill")
    private String id = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; the backfill shows it")
    private String reason = "";

    @Override
    public Integer call() {
        api.print(
                api.client()
                        .post(
                                "/backfills/" + ApiClient.segment(id) + "/pause",
                                JsonNodeFactory.instance.objectNode().put("reason", reason)),
                BackfillTables::one);
        return ExitCode.DONE.code();
    }
}
