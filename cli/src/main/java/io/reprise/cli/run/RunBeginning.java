package io.reprise.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks for a run and shows it, as it began or as it ended: use it as a mixin. */
public final class RunBeginning {

    @Mixin
    private Wait wait = new Wait();

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "Makes a repeated command the same request for 7 days")
    private @Nullable String idempotencyKey;

    /** Answers the exit code. */
    public int ask(ApiOptions api, ObjectNode request) {
        ApiClient client = api.client();
        JsonNode run = client.post(
                "/runs", request.toString().getBytes(StandardCharsets.UTF_8), Optional.ofNullable(idempotencyKey));
        if (!wait.isAsked()) {
            api.print(run, RunTables::one);
            return ExitCode.DONE.code();
        }
        JsonNode ended = wait.untilEnded(client, run.path("id").asText());
        api.print(ended, RunTables::one);
        return Wait.exitCode(ended);
    }
}
