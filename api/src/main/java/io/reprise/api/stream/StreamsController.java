package io.reprise.api.stream;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.reprise.api.access.Actor;
import io.reprise.api.access.Decisions;
import io.reprise.api.shared.Fields;
import io.reprise.api.shared.Listing;
import io.reprise.api.shared.ProblemType;
import io.reprise.api.shared.Refused;
import io.reprise.db.stream.GoOnFrom;
import io.reprise.db.stream.StreamResumed;
import io.reprise.db.stream.StreamState;
import io.reprise.db.stream.Streams;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

@Tag(name = "streams")
@Controller("/api/v1/streams")
@ExecuteOn(TaskExecutors.BLOCKING)
final class StreamsController {

    private final Streams streams;
    private final StreamQuestions questions;
    private final Decisions decisions;

    StreamsController(Streams streams, StreamQuestions questions, Decisions decisions) {
        this.streams = streams;
        this.questions = questions;
        this.decisions = decisions;
    }

    @Get
    @Operation(summary = "Lists the streams with their lag")
    Listing<StreamView> list() {
        return new Listing<>(streams.all().stream().map(StreamView::of).toList(), null);
    }

    @Get("/{name}")
    @Operation(summary = "Shows a stream")
    StreamView show(String name) {
        return streams.byName(name).map(StreamView::of).orElseThrow(() -> none(name));
    }

    @Post("/{name}/pause")
    @Operation(summary = "Stops loading until resumed; records wait in Kafka")
    StreamView pause(String name, @Body @Nullable String body, @Header(Actor.HEADER) @Nullable String actor) {
        Fields fields = Fields.ofBody(body, "reason");
        String reason = fields.required("reason");
        fields.check();

        StreamState paused = streams.pause(name, reason, Actor.of(actor).name()).orElseThrow(() -> none(name));

        decisions.write(Actor.of(actor), "stream.pause", name, Map.of("reason", reason));
        return StreamView.of(paused);
    }

    @Post("/{name}/resume")
    @Operation(summary = "Goes on where the stream was paused or stopped, or where it is decided that it goes on")
    StreamView resume(String name, @Body @Nullable String body, @Header(Actor.HEADER) @Nullable String actor) {
        Fields fields = Fields.ofBody(body, "from", "reason");
        Optional<GoOnFrom> from = fields.word("/from", fields.text("from").orElse(null), GoOnFrom.class);
        String reason = from.isPresent()
                ? fields.required("reason")
                : fields.text("reason").orElse("");
        fields.check();

        StreamState resumed = resumed(streams.resume(name, from));

        Map<String, String> details = new TreeMap<>(Map.of("reason", reason));
        from.ifPresent(it -> details.put("from", it.name()));
        decisions.write(Actor.of(actor), "stream.resume", name, details);
        return StreamView.of(resumed);
    }

    @Post("/{name}/plan")
    @Operation(summary = "Shows what the stream, as it is sent or else as it is applied, would do to its tables")
    PlanView plan(String name, @Body @Nullable String body) {
        return PlanView.of(questions.plan(name, Fields.ofBody(body, "streams", "contracts")));
    }

    @Post("/{name}/balance")
    @Operation(summary = "Counts anew what became of each record; where that takes long, ask for its id again")
    BalanceView balance(String name) {
        return questions.balance(name);
    }

    @Get("/{name}/balance/{balanceId}")
    @Operation(summary = "Shows a balance that was asked for")
    BalanceView balance(String name, String balanceId) {
        return questions.balance(name, balanceId);
    }

    private static StreamState resumed(StreamResumed resumed) {
        return switch (resumed) {
            case StreamResumed.GoesOn(StreamState state) -> state;
            case StreamResumed.NotFound(String stream) -> throw none(stream);
            case StreamResumed.NothingToDecide() ->
                throw Refused.because(
                        ProblemType.NOT_POSSIBLE,
                        "found nothing that has to be decided (expected: no 'from', which only decides about a log or a"
                                + " checkpoint that does not fit)");
            case StreamResumed.Undecided(String reason) -> throw Refused.because(ProblemType.NOT_POSSIBLE, reason);
        };
    }

    private static Refused none(String name) {
        return Refused.notFound("a stream", name);
    }
}
