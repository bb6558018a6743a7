package io.reprise.api.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reprise.api.shared.ProblemType;
import io.reprise.api.shared.Refused;
import io.reprise.api.shared.WorkersAnswer;
import io.reprise.catalog.pipeline.CheckStep;
import io.reprise.catalog.pipeline.ChildStep;
import io.reprise.catalog.pipeline.CommandStep;
import io.reprise.catalog.pipeline.PipelineRequest;
import io.reprise.catalog.pipeline.PublishStep;
import io.reprise.catalog.pipeline.SqlStep;
import io.reprise.catalog.pipeline.StepDefinition;
import io.reprise.catalog.pipeline.TransactionStep;
import io.reprise.catalog.pipeline.WaitStep;
import io.reprise.db.run.Run;
import io.reprise.db.run.RunStep;
import io.reprise.db.run.Runs;
import io.reprise.workflows.pipeline.OutputName;
import io.reprise.workflows.pipeline.PipelineStep;
import io.reprise.workflows.pipeline.Trial;
import io.reprise.workflows.pipeline.TrialOrder;
import io.reprise.workflows.pipeline.TrialStart;
import io.temporal.client.WorkflowClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Has a worker try one step, and waits for what it says. Outputs of steps before it that nobody gave are those of the newest
 * run of its slot.
 */
public final class StepTrials {

    private static final JsonMapper JSON = new JsonMapper();

    private final CurrentPipelines pipelines;
    private final PipelineIntake intake;
    private final Runs runs;
    private final WorkflowClient temporal;

    public StepTrials(CurrentPipelines pipelines, PipelineIntake intake, Runs runs, WorkflowClient temporal) {
        this.pipelines = pipelines;
        this.intake = intake;
        this.runs = runs;
        this.temporal = temporal;
    }

    Trial attempt(String pipeline, String stepId, TrialWish wish, String by) {
        CurrentPipeline current = pipelines.required(pipeline);
        StepDefinition step =
                current.definition().step(stepId).orElseThrow(() -> Refused.notFound("a step of " + pipeline, stepId));
        String connection = connection(step);
        PipelineRequest request = intake.request(current.definition(), wish.slot(), wish.parameters(), "");
        TrialOrder order = new TrialOrder(
                connection,
                request.workflowId().step(stepId),
                values(current, request, step, outputs(request, step, wish)),
                wish.explain(),
                by);
        TrialStart start = new TrialStart(order, UUID.randomUUID().toString());
        return new WorkersAnswer(start.start(temporal), start.workflowId(), "try " + order.key(), connection)
                .get(Trial.class);
    }

    @SuppressWarnings("NullAway") // the class file of a record does not tell that its values may be null
    private static PipelineStep values(
            CurrentPipeline current,
            PipelineRequest request,
            StepDefinition step,
            Map<String, @Nullable Object> outputs) {
        return new PipelineStep(
                current.hash(), step.id(), request.slot().orElse(null), new TreeMap<>(request.parameters()), outputs);
    }

    private static String connection(StepDefinition step) {
        return switch (step) {
            case SqlStep sql -> sql.connection();
            case TransactionStep transaction -> transaction.connection();
            case CheckStep check -> check.connection();
            case PublishStep _ ->
                throw refused(step, "a publication keeps what it replaces in tables that no rollback takes away");
            case WaitStep _ -> throw refused(step, "it waits, and changes nothing");
            case CommandStep _ -> throw refused(step, "no rollback takes back what a command does");
            case ChildStep _ -> throw refused(step, "no rollback takes back the run of another pipeline");
        };
    }

    private static Refused refused(StepDefinition step, String why) {
        return Refused.because(
                ProblemType.NOT_POSSIBLE,
                "asked to try '" + step.id() + "': " + why + " (expected: a sql, transaction or check step)");
    }

    private Map<String, @Nullable Object> outputs(PipelineRequest request, StepDefinition step, TrialWish wish) {
        Map<String, @Nullable Object> outputs = new TreeMap<>();
        List<String> missing = new ArrayList<>();
        Optional<Run> newest = runs.latestGeneration(request.workflowId());
        List<RunStep> steps = newest.map(run -> runs.steps(run.ref())).orElse(List.of());
        for (OutputName name : step.head().reads()) {
            Optional<Object> given = Optional.ofNullable(wish.outputs().get(name.value()));
            given.or(() -> recorded(steps, name))
                    .ifPresentOrElse(value -> outputs.put(name.value(), value), () -> missing.add(name.value()));
        }
        if (!missing.isEmpty()) {
            throw Refused.because(
                    ProblemType.NOT_POSSIBLE,
                    "asked to try '" + step.id() + "', which reads " + String.join(", ", missing) + ", and "
                            + newest.map(run -> "the newest run of " + request.workflowId() + " has not")
                                    .orElse("there is no run " + request.workflowId() + " to take it from")
                            + " (expected: --output-of " + missing.getFirst() + "=VALUE)");
        }
        return outputs;
    }

    private static Optional<Object> recorded(List<RunStep> steps, OutputName name) {
        return steps.stream()
                .filter(step -> step.stepId().equals(name.stepId()))
                .findFirst()
                .flatMap(RunStep::outputs)
                .map(json -> read(json).path(name.output()))
                .filter(value -> value.isValueNode() && !value.isNull())
                .map(value -> value.isNumber()
                        ? value.numberValue()
                        : value.isBoolean() ? value.booleanValue() : value.asText());
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("the ledger's outputs are no JSON: " + json, impossible);
        }
    }
}
