package io.reprise.workflows.saga.testing;

import io.reprise.workflows.run.RunContext;
import io.reprise.workflows.run.RunOutcome;
import io.reprise.workflows.run.SearchAttributes;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.run.WorkflowId;
import io.reprise.workflows.saga.Saga;
import io.reprise.workflows.saga.SagaOperations;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A server in memory that skips the time in which nothing happens, one run of a saga on it, and its workers. */
final class Stage implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final TestServer.InProcessTestServer server = TestServer.createServer(false);
    private final WorkflowServiceStubs stubs =
            WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                    .setChannel(server.getChannel())
                    .build());
    private final WorkflowClient client = WorkflowClient.newInstance(stubs);
    private final Incidents incidents = new Incidents();
    private final Saga<?> saga;
    private final StepMode mode;
    private final RecordingWorld world;
    private final WorkflowId workflowId;
    private final Deque<WorkerProcess> workers = new ConcurrentLinkedDeque<>();

    Stage(Saga<?> saga, StepMode mode) {
        this.saga = saga.on(terms -> terms.attemptTimeout(Duration.ofSeconds(1)));
        this.mode = mode;
        this.world = new RecordingWorld(this.saga, incidents);
        this.workflowId = new WorkflowId("test/run-" + NUMBER.incrementAndGet());
        registerSearchAttributes();
        startWorker();
    }

    private void startWorker() {
        workers.addLast(new WorkerProcess(server.getChannel(), workflowId.feature(), saga, world));
    }

    Incidents incidents() {
        return incidents;
    }

    RecordingWorld world() {
        return world;
    }

    Saga<?> saga() {
        return saga;
    }

    StepMode mode() {
        return mode;
    }

    void start(Object input) {
        RunContext context =
                new RunContext("run-of-" + workflowId.name(), DAY, workflowId, mode, RunContext.STUCK_AFTER, false, 0);
        WorkflowOptions options = WorkflowOptions.newBuilder()
                .setWorkflowId(workflowId.value())
                .setTaskQueue(workflowId.feature())
                .setWorkflowTaskTimeout(Duration.ofSeconds(2))
                .build();
        client.newUntypedWorkflowStub(SagaUnderTest.TYPE, options).start(context, input);
    }

    /** As the death of the worker's process does, with another one in its place. */
    void loseWorker() {
        workers.getLast().die();
        startWorker();
    }

    boolean hasLostAWorker() {
        return workers.size() > 1;
    }

    SagaOperations operator() {
        return client.newWorkflowStub(SagaOperations.class, workflowId.value());
    }

    void cancelInTemporal() {
        stub().cancel("by a test");
    }

    /** What the workflow failed with; empty where it succeeded. */
    Optional<Throwable> failure() throws Exception {
        AtomicReference<Optional<Throwable>> failure = new AtomicReference<>(Optional.empty());
        await(() -> failure.set(result()));
        return failure.get();
    }

    private Optional<Throwable> result() {
        try {
            stub().getResult(Void.class);
            return Optional.empty();
        } catch (WorkflowFailedException failed) {
            return Optional.ofNullable(failed.getCause());
        }
    }

    /** Something that somebody does, or waits for, while the run goes on. */
    interface Act {
        void play() throws Exception;
    }

    /** Plays an act, but not for ever: what the server forgot is never answered. */
    void await(Act act) throws Exception {
        FutureTask<Void> task = new FutureTask<>(() -> {
            act.play();
            return null;
        });
        Thread.ofVirtual().start(task);
        try {
            task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            task.cancel(true);
            if (hasLostATask()) {
                throw new TaskLost(late);
            }
            throw new AssertionError("not ended: " + history(), late);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Exception cause ? cause : failed;
        }
    }

    /** Workflow tasks time out after two seconds, so that none can be under way for as long as we wait. */
    private boolean hasLostATask() {
        return history().getLast() == EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED;
    }

    private List<EventType> history() {
        return client.fetchHistory(workflowId.value()).getEvents().stream()
                .map(HistoryEvent::getEventType)
                .toList();
    }

    /** What the workflow itself says; asked after its end it is a replay of its whole history. */
    RunOutcome outcome() {
        return operator().outcome();
    }

    private WorkflowStub stub() {
        return client.newUntypedWorkflowStub(workflowId.value());
    }

    private void registerSearchAttributes() {
        AddSearchAttributesRequest.Builder request =
                AddSearchAttributesRequest.newBuilder().setNamespace("default");
        SearchAttributes.all()
                .forEach(attribute -> request.putSearchAttributes(attribute.getName(), attribute.getValueType()));
        OperatorServiceGrpc.newBlockingStub(server.getChannel()).addSearchAttributes(request.build());
    }

    @Override
    public void close() {
        incidents.release();
        workers.forEach(WorkerProcess::close);
        stubs.shutdownNow();
        server.close();
    }
}
