package io.reprise.api.run;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.sse.Event;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.reprise.db.run.Run;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.inject.Named;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.exception.DataAccessException;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Follows a run as server-sent events: one at once, one at every change, and the last when it has ended. */
@Tag(name = "runs")
@Controller("/api/v1/runs")
final class RunEventsController {

    private static final Duration LOOK = Duration.ofMillis(400);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private final ShownRuns shown;
    private final Scheduler blocking;
    private final AtomicInteger followers = new AtomicInteger();

    RunEventsController(
            ShownRuns shown, @Named(TaskExecutors.BLOCKING) ExecutorService blocking, MeterRegistry registry) {
        this.shown = shown;
        this.blocking = Schedulers.fromExecutorService(blocking);
        Gauge.builder("reprise_run_followers", followers, AtomicInteger::get)
                .description("Clients that follow a run over HTTP now")
                .register(registry);
    }

    @Get("/{id}/events")
    @Produces(MediaType.TEXT_EVENT_STREAM)
    @ExecuteOn(TaskExecutors.BLOCKING)
    @Operation(summary = "Follows a run until it has ended")
    Publisher<Event<?>> follow(String id) {
        String runId = shown.find(id).ref().runId();
        Flux<Event<?>> changes = Flux.interval(Duration.ZERO, LOOK)
                .onBackpressureDrop()
                .concatMap(tick -> Mono.fromCallable(() -> look(runId))
                        .subscribeOn(blocking)
                        .onErrorResume(DataAccessException.class, away -> Mono.empty()))
                .distinctUntilChanged(Seen::view)
                .takeUntil(Seen::ended)
                .map(seen -> Event.of(seen.view()).name(seen.ended() ? "ended" : "changed"));
        // A comment is no event: it only keeps the connection open, and finds out that nobody is there any more.
        Flux<Event<?>> heartbeats = Flux.interval(HEARTBEAT)
                .onBackpressureDrop()
                .map(tick -> Event.of("").comment("keep-alive"));
        return changes.<Event<?>>publish(shared -> Flux.merge(shared, heartbeats.takeUntilOther(shared.then())))
                .doOnSubscribe(begun -> followers.incrementAndGet())
                .doFinally(ended -> followers.decrementAndGet());
    }

    private record Seen(RunView view, boolean ended) {}

    private Seen look(String runId) {
        Run run = shown.find(runId);
        return new Seen(shown.show(run), run.isEnded());
    }
}
