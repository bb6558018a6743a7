package io.reprise.workflows.saga.testing;

import io.reprise.workflows.run.RunContext;
import io.reprise.workflows.run.RunOutcome;
import io.reprise.workflows.run.SearchAttributes;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.run.WorkflowId;
import io.reprise.workflows.saga.Saga;
import io.reprise.workflows.saga.SagaOperations;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A server in memory that skips the time in which nothing happens, one run of a saga on it, and its workers. */
public final class Stage implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);
    private static final Set<EventType> WORKFLOW_TASK = EnumSet.of(
            EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED,
            EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED,
            EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final TestServer.InProcessTestServer server;
    private final WorkflowServiceStubs stubs;
    private final WorkflowClient client;
    private final Incidents incidents = new Incidents();
    private final Saga<?> saga;
    private final StepMode mode;
    private final RecordingWorld world;
    private final WorkflowId workflowId;
    private final Deque<WorkerProcess> workers = new ConcurrentLinkedDeque<>();

    private final String workflowType;
    private final List<Class<?>> workflows;

    /** A stage for the declaration alone, in skipped time and with attempts that end soon. */
    Stage(Saga<?> saga, StepMode mode) {
        this(saga.on(terms -> terms.attemptTimeout(Duration.ofSeconds(1))), mode, false, SagaUnderTest.TYPE, List.of());
    }

    private Stage(Saga<?> saga, StepMode mode, boolean realTime, String workflowType, List<Class<?>> workflows) {
        this.server = TestServer.createServer(realTime);
        this.stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setChannel(server.getChannel())
                .build());
        this.client = WorkflowClient.newInstance(stubs, WorkerProcess.ANONYMOUS);
        this.saga = saga;
        this.mode = mode;
        this.world = new RecordingWorld(saga, incidents);
        this.workflowId = new WorkflowId("test/run-" + NUMBER.incrementAndGet());
        this.workflowType = workflowType;
        this.workflows = workflows;
        registerSearchAttributes();
        startWorker();
    }

    /** A stage for a workflow as it is deployed, in skipped time. */
    public static Stage of(Saga<?> saga, StepMode mode, Class<?> workflow) {
        return new Stage(saga, mode, false, saga.name(), List.of(workflow));
    }

    /** A stage on which no time is skipped: what does not happen by itself within seconds does not happen. */
    public static Stage inRealTime(Saga<?> saga, StepMode mode) {
        return new Stage(saga, mode, true, SagaUnderTest.TYPE, List.of());
    }

    private void startWorker() {
        workers.addLast(new WorkerProcess(server.getChannel(), workflowId.feature(), saga, world, workflows));
    }

    public Incidents incidents() {
        return incidents;
    }

    public RecordingWorld world() {
        return world;
    }

    Saga<?> saga() {
        return saga;
    }

    StepMode mode() {
        return mode;
    }

    public void start(Object input) {
        start(input, context(RunContext.STUCK_AFTER, false));
    }

    public RunContext context(Duration stuckAfter, boolean undoOnly) {
        return new RunContext("run-of-" + workflowId.name(), DAY, workflowId, mode, stuckAfter, undoOnly, 0);
    }

    public void start(Object input, RunContext context) {
        WorkflowOptions options = WorkflowOptions.newBuilder()
                .setWorkflowId(workflowId.value())
                .setTaskQueue(workflowId.feature())
                .setWorkflowTaskTimeout(Duration.ofSeconds(2))
                .build();
        client.newUntypedWorkflowStub(workflowType, options).start(context, input);
    }

    /** Starts the run and asks for its cancel at once, so that both are in its first workflow task. */
    RunOutcome startAndCancel(Object input, String reason) {
        WorkflowOptions options = WorkflowOptions.newBuilder()
                .setWorkflowId(workflowId.value())
                .setTaskQueue(workflowId.feature())
                .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
                .build();
        UpdateOptions<RunOutcome> cancel = UpdateOptions.newBuilder(RunOutcome.class)
                .setUpdateName("cancel")
                .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                .build();
        return client.newUntypedWorkflowStub(workflowType, options)
                .executeUpdateWithStart(
                        cancel, new Object[] {reason}, new Object[] {context(RunContext.STUCK_AFTER, false), input});
    }

    public void terminate() {
        stub().terminate("by a test");
    }

    public WorkflowExecutionHistory recorded() {
        return client.fetchHistory(workflowId.value());
    }

    /** As the death of the worker's process does, with another one in its place. */
    void loseWorker() {
        workers.getLast().die();
        startWorker();
    }

    boolean hasLostAWorker() {
        return workers.size() > 1;
    }

    public SagaOperations operator() {
        return client.newWorkflowStub(SagaOperations.class, workflowId.value());
    }

    public void cancelInTemporal() {
        stub().cancel("by a test");
    }

    /** What the workflow failed with; empty where it succeeded. */
    public Optional<Throwable> failure() throws Exception {
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
    public interface Act {
        void play() throws Exception;
    }

    /** Something that somebody does on a stage. */
    public interface Acting {
        void play(Stage stage) throws Exception;
    }

    /** Plays an act, but not for ever: what the server forgot is never answered. */
    public void await(Act act) throws Exception {
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

    /** Workflow tasks time out after two seconds, so that none can be open, or wait for a worker, for as long as we wait. */
    private boolean hasLostATask() {
        return history().stream()
                .filter(WORKFLOW_TASK::contains)
                .reduce((earlier, later) -> later)
                .filter(last -> last != EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED)
                .isPresent();
    }

    private List<EventType> history() {
        return recorded().getEvents().stream().map(HistoryEvent::getEventType).toList();
    }

    /** What the workflow itself says; asked after its end it is a replay of its whole history. */
    public RunOutcome outcome() {
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
