package io.reprise.api.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.reprise.api.shared.Fields;
import io.reprise.db.run.NewRun;
import io.reprise.db.run.Run;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Starts a run of any kind. */
@Tag(name = "runs")
@Controller("/api/v1/runs")
@ExecuteOn(TaskExecutors.BLOCKING)
final class StartController {

    private final List<RunKind> kinds;
    private final RunIntake intake;
    private final ShownRuns shown;

    StartController(List<RunKind> kinds, RunIntake intake, ShownRuns shown) {
        this.kinds = kinds;
        this.intake = intake;
        this.shown = shown;
    }

    @Post
    @Operation(
            summary = "Starts a run",
            description = "{\"kind\":\"order\",\"name\":\"o-1001\",\"input\":{…}}: an order's name is its id, and its"
                    + " input is the order as for POST /orders.")
    HttpResponse<RunView> start(@Body @Nullable String body, @Header("Idempotency-Key") @Nullable String key) {
        Fields fields = Fields.ofBody(body, "kind", "name", "input");
        String word = fields.required("kind");
        String name = fields.required("name");
        Optional<JsonNode> input = fields.object("input");
        Optional<RunKind> kind =
                kinds.stream().filter(it -> it.word().equals(word)).findFirst();
        if (kind.isEmpty() && !word.isEmpty()) {
            fields.wrong(
                    "/kind", word, "one of " + kinds.stream().map(RunKind::word).collect(Collectors.joining(", ")));
        }
        if (input.isEmpty()) {
            fields.wrong("/input", "nothing", "the input of the run, such as an order");
        }
        fields.check();

        NewRun run = kind.orElseThrow()
                .read(name, input.orElseThrow().toString().getBytes(StandardCharsets.UTF_8), "/input");
        Run accepted = intake.accept(run, key);

        return HttpResponse.<RunView>accepted(
                        URI.create("/api/v1/runs/" + accepted.ref().runId()))
                .body(shown.show(accepted));
    }
}
