package io.reprise.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.CommandFailed;
import io.reprise.cli.shared.ExitCode;
import io.reprise.cli.shared.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "audit",
        description = "Compares fences, ledger and Temporal, and lists every disagreement.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The first thing to run after any store was restored from a backup. Exit 1 where something disagrees.",
            "",
            "Examples:",
            "  reprise audit --all",
            "  reprise audit --all --accept",
        })
public final class AuditCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Mixin
    private AuditRun audit = new AuditRun();

    @Option(names = "--all", required = true, description = "Of everything")
    private boolean all;

    @Option(
            names = "--accept",
            description = "Then accept that the ledger was restored from an older backup: new runs may start again")
    private boolean accept;

    @Override
    public Integer call() {
        if (!all) {
            throw new CommandFailed(ExitCode.USAGE, "cannot tell what to audit (expected: --all)");
        }
        ApiClient client = api.client();
        JsonNode report = audit.make(client, "all");
        api.print(report, AuditRun::table);
        if (!accept) {
            return AuditRun.exitCode(report);
        }
        AuditRun.requireMade(report);
        JsonNode standing = client.post("/audits/accept", JsonNodeFactory.instance.objectNode());
        api.say("");
        api.say("The ledger accepts new runs again, from number "
                + standing.path("highWater").asText() + " on.");
        return ExitCode.DONE.code();
    }

    static Table findings(JsonNode findings) {
        return Table.of(findings, "kind", "subject", "found", "expected");
    }
}
