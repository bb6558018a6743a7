package io.reprise.cli.stream;

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
        name = "resume",
        description = {
            "Goes on where the stream was paused, or after a storm of dead letters.",
            "A stream stops by itself where Kafka's log or its own checkpoint is not the one it was; then say with --from how"
                    + " to go on."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  reprise stream resume events",
            "  reprise stream resume events --from beginning --reason 'broker restored from its backup'"
        })
public final class StreamResumeCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Parameters(paramLabel = "NAME", description = "The name of the stream")
    private String name = "";

    @Option(
            names = "--from",
            paramLabel = "PLACE",
            description = {
                "beginning: loads the partitions in question from the first record that Kafka has, as another log",
                "end: goes on behind what these partitions had when the stream stopped",
                "table: goes on behind the last row of the table, which is newer than its checkpoint"
            })
    private @Nullable String from;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; needed with --from, kept in the audit")
    private @Nullable String reason;

    @Override
    public Integer call() {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        if (from != null) {
            request.put("from", from);
        }
        if (reason != null) {
            request.put("reason", reason);
        }
        api.print(api.client().post("/streams/" + ApiClient.segment(name) + "/resume", request), StreamTables::one);
        return ExitCode.DONE.code();
    }
}
