package io.reprise.api.run;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Whether this process lives, and whether everything is there that an order needs. */
@Tag(name = "health")
@Controller("/health")
@ExecuteOn(TaskExecutors.BLOCKING)
final class HealthController {

    private final Readiness readiness;

    HealthController(Readiness readiness) {
        this.readiness = readiness;
    }

    public record Alive(Readiness.Status status) {}

    @Get
    @Operation(summary = "Tells that this process lives")
    Alive alive() {
        return new Alive(Readiness.Status.UP);
    }

    @Get("/readiness")
    @Operation(summary = "Tells whether orders can be served, and which part is down")
    HttpResponse<Readiness.Report> ready() {
        Readiness.Report report = readiness.look();
        HttpStatus status = report.status() == Readiness.Status.UP ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE;
        return HttpResponse.<Readiness.Report>status(status).body(report);
    }
}
