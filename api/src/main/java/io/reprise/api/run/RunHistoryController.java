package io.reprise.api.run;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.reprise.api.shared.ProblemType;
import io.reprise.api.shared.Refused;
import io.reprise.db.run.Run;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.temporal.client.WorkflowClient;
import java.time.Duration;

/** Gives the history of a run as Temporal recorded it, to be replayed against other code. */
@Tag(name = "runs")
@Controller("/api/v1/runs")
@ExecuteOn(TaskExecutors.BLOCKING)
final class RunHistoryController {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ShownRuns shown;
    private final WorkflowClient temporal;

    RunHistoryController(ShownRuns shown, WorkflowClient temporal) {
        this.shown = shown;
        this.temporal = temporal;
    }

    @Get("/{id}/history")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Gives Temporal's history of a run as JSON")
    String history(String id) {
        Run run = shown.find(id);
        String temporalRunId = run.temporalRunId()
                .orElseThrow(() -> Refused.because(
                        ProblemType.NOT_POSSIBLE,
                        "looked for the history of " + run.ref().workflowId()
                                + ", which was not started in Temporal yet"));
        try {
            return TemporalCalls.within(
                    PATIENCE,
                    () -> temporal.fetchHistory(run.ref().workflowId().value(), temporalRunId)
                            .toJson(false));
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
                throw Refused.notFound("Temporal's history of " + run.ref().workflowId() + " under", temporalRunId);
            }
            throw e;
        }
    }
}
