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
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Starts a run of any kind. */
@Tag(name = "runs")
@Controller("/api/v1/runs")
@ExecuteOn(TaskExecutors.BLOCKING)
final class StartController {

    private static final String INPUT = "input";
    private static final List<String> OTHERS = List.of("slot", "parameters", "steps");

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
                    + " input is the order as for POST /orders. {\"kind\":\"pipeline\",\"name\":\"daily-aggregation\","
                    + "\"slot\":\"2026-11-19\",\"parameters\":{…}}: without a slot, the newest one that has ended.")
    HttpResponse<RunView> start(@Body @Nullable String body, @Header("Idempotency-Key") @Nullable String key) {
        Fields fields = Fields.ofBody(body, "kind", "name", INPUT, "slot", "parameters", "steps");
        String word = fields.required("kind");
        String name = fields.required("name");
        Optional<RunKind> kind =
                kinds.stream().filter(it -> it.word().equals(word)).findFirst();
        if (kind.isEmpty() && !word.isEmpty()) {
            fields.wrong(
                    "/kind", word, "one of " + kinds.stream().map(RunKind::word).collect(Collectors.joining(", ")));
        }
        NewRun run = kind.map(it -> read(it, name, fields)).orElseGet(() -> refused(fields));
        Run accepted = intake.accept(run, key);

        return HttpResponse.<RunView>accepted(
                        URI.create("/api/v1/runs/" + accepted.ref().runId()))
                .body(shown.show(accepted));
    }

    private static NewRun read(RunKind kind, String name, Fields fields) {
        Set<String> members = kind.members();
        for (String other : OTHERS) {
            if (fields.has(other) && !members.contains(other)) {
                fields.wrong("/" + other, "a field that " + kind.word() + " does not have", "kind, name and input");
            }
        }
        if (!members.isEmpty() && fields.has(INPUT)) {
            fields.wrong("/" + INPUT, "an input", "kind, name and " + members);
        }
        Optional<JsonNode> input = members.isEmpty() ? fields.object(INPUT) : Optional.of(fields.members(members));
        if (input.isEmpty()) {
            fields.wrong("/" + INPUT, "nothing", "the input of the run, such as an order");
        }
        fields.check();
        byte[] bytes = input.orElseThrow().toString().getBytes(StandardCharsets.UTF_8);
        return kind.read(name, bytes, members.isEmpty() ? "/" + INPUT : "");
    }

    private static NewRun refused(Fields fields) {
        fields.check();
        throw new IllegalStateException("a kind that is not known was not refused");
    }
}
