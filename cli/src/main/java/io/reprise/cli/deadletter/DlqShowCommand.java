package io.reprise.cli.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import io.reprise.cli.shared.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = "Shows a dead letter with what was wrong and its bytes.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  reprise dlq show 01JDA7Q0000000000000000000"})
public final class DlqShowCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Parameters(paramLabel = "ID", description = "The dead letter's id")
    private String id = "";

    @Override
    public Integer call() {
        api.print(api.client().get("/dead-letters/" + ApiClient.segment(id)), DlqShowCommand::table);
        return ExitCode.DONE.code();
    }

    private static Table table(JsonNode letter) {
        return Table.card(
                        letter,
                        "id",
                        "status",
                        "trigger",
                        "code",
                        "message",
                        "fingerprint",
                        "/source/topic",
                        "/source/partition",
                        "/source/offset",
                        "/source/timestamp",
                        "attempts",
                        "reason",
                        "runId",
                        "createdAt")
                .then(Table.of(letter.path("errors"), "pointer", "found", "expected"))
                .note("")
                .note("key:   " + content(letter.path("key")))
                .note("value: " + content(letter.path("value")));
    }

    private static String content(JsonNode content) {
        if (content.isMissingNode()) {
            return "none";
        }
        return content.hasNonNull("text")
                ? content.path("text").asText()
                : "base64 " + content.path("base64").asText();
    }
}
