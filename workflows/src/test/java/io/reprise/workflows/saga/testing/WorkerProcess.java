package io.reprise.workflows.saga.testing;

import io.grpc.ManagedChannel;
import io.reprise.workflows.run.RunContext;
import io.reprise.workflows.saga.Saga;
import io.temporal.activity.DynamicActivity;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.converter.RawValue;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import io.temporal.worker.WorkflowImplementationOptions;
import java.util.List;

/** A worker that can die. It keeps no workflow in memory, so that every workflow task is a replay. */
final class WorkerProcess {

    /** Recorded histories tell nothing of the machine. */
    static final WorkflowClientOptions ANONYMOUS =
            WorkflowClientOptions.newBuilder().setIdentity("stage").build();

    private final DeadSwitch deadSwitch = new DeadSwitch();
    private final WorkflowServiceStubs stubs;
    private final WorkerFactory factory;

    WorkerProcess(
            ManagedChannel server, String taskQueue, Saga<?> saga, DynamicActivity world, List<Class<?>> workflows) {
        this.stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setChannel(server)
                .setGrpcClientInterceptors(List.of(deadSwitch))
                .build());
        this.factory = WorkerFactory.newInstance(
                WorkflowClient.newInstance(stubs, ANONYMOUS),
                WorkerFactoryOptions.newBuilder()
                        .setWorkflowCacheSize(0)
                        .setUsingVirtualWorkflowThreads(true)
                        .build());
        Worker worker = factory.newWorker(
                taskQueue,
                WorkerOptions.newBuilder()
                        .setUsingVirtualThreads(true)
                        .setDefaultDeadlockDetectionTimeout(10_000)
                        .setMaxConcurrentWorkflowTaskPollers(1)
                        .setMaxConcurrentActivityTaskPollers(1)
                        .build());
        worker.registerWorkflowImplementationFactory(
                SagaUnderTest.class,
                start -> new AnySaga(saga, start.get(0, RunContext.class), start.get(1, RawValue.class)),
                WorkflowImplementationOptions.getDefaultInstance());
        worker.registerWorkflowImplementationTypes(workflows.toArray(Class<?>[]::new));
        worker.registerActivitiesImplementations(world);
        factory.start();
    }

    /** From here on it is heard no more, whatever its threads still do: they are the zombie. */
    void die() {
        deadSwitch.kill();
    }

    void close() {
        deadSwitch.kill();
        factory.shutdownNow();
        stubs.shutdownNow();
    }
}
