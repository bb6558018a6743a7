package io.reprise.cli.trigger;

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
            "Goes on where the trigger was paused.",
            "A trigger stops by itself where Kafka's log is not the one that it read; then say with --from how to go on."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  reprise trigger resume orders",
            "  reprise trigger resume orders --from beginning --reason 'broker restored from its backup'"
        })
public final class TriggerResumeCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Parameters(paramLabel = "NAME", description = "The name of the trigger")
    private String name = "";

    @Option(
            names = "--from",
            paramLabel = "PLACE",
            description = {
                "beginning: reads the whole log of the partitions in question; what was accepted before starts nothing",
                "end: passes over what these partitions had when the trigger stopped"
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
        api.print(api.client().post("/triggers/" + ApiClient.segment(name) + "/resume", request), TriggerTables::one);
        return ExitCode.DONE.code();
    }
}
