package io.reprise.catalog.pipeline;

import io.reprise.workflows.pipeline.HookPoint;
import io.reprise.workflows.pipeline.HookPoint.Occasion;
import io.reprise.workflows.pipeline.Plan;
import io.reprise.workflows.pipeline.PlannedStep;
import io.reprise.workflows.pipeline.PlannedTerms;
import io.reprise.workflows.pipeline.StepEnd;
import io.reprise.workflows.pipeline.StepKind;
import io.reprise.workflows.pipeline.StepTurn;
import io.reprise.workflows.saga.Deadline;
import io.reprise.workflows.saga.Retry;
import io.reprise.workflows.saga.StepGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Makes of a definition what the workflow is told: when each step comes, where it runs and how often it is tried. */
final class Planning {

    private static final String PIPELINE_QUEUE = "pipeline";

    /** Attempts that may take longer than this say from time to time that they live. */
    private static final Duration SILENT = Duration.ofMinutes(1);

    private static final Duration HEARTBEAT = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofSeconds(30);

    /** How a child that may run for days is looked at: soon at first, then rarely. */
    private static final Retry CHILD = new Retry(Retry.ENDLESS, Duration.ofSeconds(1), 1.5, Duration.ofSeconds(15));

    private Planning() {}

    static Plan of(PipelineDefinition definition) {
        List<PlannedStep> steps =
                inOrder(definition.steps()).stream().map(Planning::planned).toList();
        List<PlannedStep> last =
                inOrder(definition.last()).stream().map(Planning::planned).toList();
        return new Plan(definition.name(), definition.failure(), steps, last, hooks(definition));
    }

    /** Each after those it needs, and otherwise as they are written. */
    private static List<StepDefinition> inOrder(List<StepDefinition> steps) {
        List<StepDefinition> open = new ArrayList<>(steps);
        List<StepDefinition> ordered = new ArrayList<>();
        List<String> done = new ArrayList<>();
        while (!open.isEmpty()) {
            StepDefinition next = open.stream()
                    .filter(step -> done.containsAll(step.head().needs()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("cannot put steps in an order: "
                            + open.stream().map(StepDefinition::id).toList()
                            + " need each other, or what is not there (expected: a definition without problems)"));
            open.remove(next);
            ordered.add(next);
            done.add(next.id());
        }
        return ordered;
    }

    private static PlannedStep planned(StepDefinition step) {
        return switch (step) {
            case SqlStep sql -> planned(sql, StepKind.SQL, queue(sql.connection()), tried(sql, sql.guarantee()));
            case TransactionStep transaction ->
                planned(
                        transaction,
                        StepKind.TRANSACTION,
                        queue(transaction.connection()),
                        tried(transaction, transaction.guarantee()));
            case CheckStep check ->
                planned(check, StepKind.CHECK, queue(check.connection()), tried(check, Guarantee.IDEMPOTENT));
            case PublishStep publish ->
                planned(publish, StepKind.PUBLISH, queue(publish.connection()), tried(publish, Guarantee.FENCED));
            case CommandStep command ->
                planned(command, StepKind.COMMAND, PIPELINE_QUEUE, tried(command, command.guarantee()));
            case ChildStep child ->
                planned(child, StepKind.PIPELINE, PIPELINE_QUEUE, PlannedTerms.unfenced(CHILD, LOOK));
            case WaitStep wait -> planned(wait, kind(wait), queue(wait), waited(wait));
        };
    }

    private static PlannedStep planned(StepDefinition step, StepKind kind, String queue, PlannedTerms terms) {
        StepHead head = step.head();
        StepGroup group = head.round()
                .map(round -> new StepGroup(round.step(), round.parallel()))
                .orElse(null);
        return new PlannedStep(
                step.id(),
                kind,
                queue,
                new StepTurn(head.needs(), head.when(), head.reads(), group),
                terms,
                new StepEnd(step.hasUndo(), head.pivot(), head.continues()));
    }

    private static String queue(String connection) {
        return "sql." + connection;
    }

    private static String queue(WaitStep wait) {
        return wait.what() instanceof WaitFor.Rows rows ? queue(rows.connection()) : PIPELINE_QUEUE;
    }

    private static StepKind kind(WaitStep wait) {
        return switch (wait.what()) {
            case WaitFor.Approval _ -> StepKind.APPROVAL;
            case WaitFor.Topic _ -> StepKind.TOPIC;
            case WaitFor.Rows _, WaitFor.File _, WaitFor.Answer _, WaitFor.Run _ -> StepKind.WAIT;
        };
    }

    private static PlannedTerms tried(StepDefinition step, Guarantee guarantee) {
        StepHead head = step.head();
        PlannedTerms terms = guarantee == Guarantee.FENCED
                ? PlannedTerms.fenced(head.retry(), head.timeout())
                : PlannedTerms.unfenced(head.retry(), head.timeout());
        return head.timeout().compareTo(SILENT) > 0 ? terms.heartbeat(HEARTBEAT) : terms;
    }

    private static PlannedTerms waited(WaitStep wait) {
        PlannedTerms terms = wait.what() instanceof WaitFor.Topic
                ? PlannedTerms.unfenced(CHILD, LOOK)
                : PlannedTerms.waiting(wait.every(), wait.within());
        return terms.within(new Deadline(wait.within(), wait.refuse().orElse(PlannedTerms.WAIT_TIMEOUT)));
    }

    private static List<HookPoint> hooks(PipelineDefinition definition) {
        Stream<HookPoint> ofRun = occasions(definition.hooks()).map(HookPoint::ofRun);
        Stream<HookPoint> ofSteps = Stream.concat(definition.steps().stream(), definition.last().stream())
                .flatMap(step -> occasions(step.head().hooks()).map(on -> HookPoint.ofStep(on, step.id())));
        return Stream.concat(ofRun, ofSteps).toList();
    }

    private static Stream<Occasion> occasions(Hooks hooks) {
        return Arrays.stream(Occasion.values())
                .filter(occasion -> !hooks.on(occasion).isEmpty());
    }
}
