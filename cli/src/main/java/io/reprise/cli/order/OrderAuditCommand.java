package io.reprise.cli.order;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.cli.run.AuditRun;
import io.reprise.cli.shared.ApiOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "audit",
        description = "Rebuilds every order from the event log alone and compares it with the tables.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit 1 where something disagrees.", "", "Example:", "  reprise order audit"})
public final class OrderAuditCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Mixin
    private AuditRun audit = new AuditRun();

    @Override
    public Integer call() {
        JsonNode report = audit.make(api.client(), "orders");
        api.print(report, AuditRun::table);
        return AuditRun.exitCode(report);
    }
}
