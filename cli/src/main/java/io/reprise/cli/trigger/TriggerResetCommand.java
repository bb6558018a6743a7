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
        name = "reset",
        description = {
            "Sets a paused trigger to other places in its topic.",
            "Records that started a run before start nothing again; records that are skipped are never read."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  reprise trigger reset day-closed --to 2026-11-01T00:00:00Z --dry-run",
            "  reprise trigger reset day-closed --to beginning --partition 3 --reason 'mapping was wrong'",
        })
public final class TriggerResetCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Parameters(paramLabel = "NAME", description = "The name of the trigger")
    private String name = "";

    @Option(
            names = "--to",
            paramLabel = "PLACE",
            required = true,
            description = "beginning, end, an offset, or an instant: the first record that is not older")
    private String to = "";

    @Option(names = "--partition", paramLabel = "P", description = "Only this one (default: all)")
    private @Nullable Integer partition;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why; needed unless it is a dry run, kept in the audit")
    private @Nullable String reason;

    @Option(names = "--dry-run", description = "Only tell how many records are read again, known, or skipped")
    private boolean dryRun;

    @Override
    public Integer call() {
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("to", to).put("dryRun", dryRun);
        if (partition != null) {
            request.put("partition", partition);
        }
        if (reason != null) {
            request.put("reason", reason);
        }
        api.print(api.client().post("/triggers/" + ApiClient.segment(name) + "/reset", request), TriggerTables::reset);
        return ExitCode.DONE.code();
    }
}
