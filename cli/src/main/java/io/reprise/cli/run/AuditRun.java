package io.reprise.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.CommandFailed;
import io.reprise.cli.shared.ExitCode;
import io.reprise.cli.shared.Query;
import io.reprise.cli.shared.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Asks for an audit, waits for the worker that makes it, and reads all that it found. Use it as a mixin. */
public final class AuditRun {

    private static final Duration LOOK = Duration.ofMillis(300);

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "PT10M",
            description = "How long to wait for the audit before exit 6 (default: ${DEFAULT-VALUE})")
    private Duration timeout = Duration.ofMinutes(10);

    public JsonNode make(ApiClient client, String kind) {
        String id = client.post("/audits", JsonNodeFactory.instance.objectNode().put("kind", kind))
                .path("id")
                .asText();
        Instant last = Instant.now().plus(timeout);
        JsonNode report = client.get("/audits/" + id);
        while (!report.hasNonNull("endedAt")) {
            if (Instant.now().isAfter(last)) {
                throw new CommandFailed(
                        ExitCode.TIMED_OUT,
                        "waited " + timeout + " for audit " + id + ", which is "
                                + report.path("state").asText() + " (expected: a running worker that makes it)");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK.toMillis()));
            report = client.get("/audits/" + id);
        }
        return whole(client, (ObjectNode) report);
    }

    /** The report with all pages of its findings as one list. */
    private static ObjectNode whole(ApiClient client, ObjectNode report) {
        ArrayNode findings = JsonNodeFactory.instance.arrayNode();
        @Nullable String cursor = null;
        while (true) {
            Query query = new Query().with("limit", 500).with("cursor", cursor);
            JsonNode page =
                    client.get("/audits/" + report.path("id").asText() + query).path("findings");
            page.path("items").forEach(findings::add);
            if (!page.hasNonNull("next")) {
                return report.set("findings", findings);
            }
            cursor = page.path("next").asText();
        }
    }

    public static Table table(JsonNode report) {
        return AuditCommand.findings(report.path("findings"))
                .note("")
                .note("checked " + report.path("checked").asText() + ", disagreements "
                        + report.path("disagreements").asText()
                        + (report.hasNonNull("error")
                                ? ", failed: " + report.path("error").asText()
                                : ""));
    }

    /** An audit that broke off compared nothing that a person could accept. */
    static void requireMade(JsonNode report) {
        if (!report.path("state").asText().equals("DONE")) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "cannot accept the ledger: the audit is "
                            + report.path("state").asText() + " (expected: DONE, so that you have seen what differs)");
        }
    }

    public static int exitCode(JsonNode report) {
        boolean agrees = report.path("state").asText().equals("DONE")
                && report.path("disagreements").asLong() == 0;
        return agrees ? ExitCode.DONE.code() : ExitCode.FAILED.code();
    }
}
