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
        name = "cancel",
        description = "Starts no other slot, for good; runs that are open go on to their end.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  reprise backfill cancel 01JDA7Q0000000000000000000 --reason 'wrong month'"})
public final class BackfillCancelCommand implements Callable<Integer> {

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
                                "/backfills/" + ApiClient.segment(id) + "/cancel",
                                JsonNodeFactory.instance.objectNode().put("reason", reason)),
                BackfillTables::one);
        return ExitCode.DONE.code();
    }
}
