package io.reprise.embedded;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Durations;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.SearchAttributes;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.common.v1.WorkflowType;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DeleteWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.RegisterNamespaceRequest;
import io.temporal.api.workflowservice.v1.StartWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.TerminateWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.common.SearchAttributeKey;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Talks to a server that has just been started, until it is fit for use. */
final class TemporalFrontend implements AutoCloseable {

    private static final Duration RETENTION = Duration.ofDays(3);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final long CALL_SECONDS = 5;

    private final String target;
    private final String namespace;
    private final BooleanSupplier mayStillCome;
    private final WorkflowServiceStubs workflows;
    private final OperatorServiceStubs operators;

    TemporalFrontend(String target, String namespace) {
        this(target, namespace, () -> true);
    }

    /** Gives up early once the server can no longer become ready. */
    TemporalFrontend(String target, String namespace, BooleanSupplier mayStillCome) {
        this.mayStillCome = mayStillCome;
        this.target = target;
        this.namespace = namespace;
        this.workflows = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(target).validateAndBuildWithDefaults());
        this.operators = OperatorServiceStubs.newServiceStubs(
                OperatorServiceStubsOptions.newBuilder().setTarget(target).validateAndBuildWithDefaults());
    }

    /** Waits for the server, registers what it lacks, and proves that a workflow can carry the attributes. */
    void prepare(List<SearchAttributeKey<?>> attributes, Duration limit) {
        Instant until = Instant.now().plus(limit);
        until(until, "its namespace " + namespace, this::ensureNamespace);
        if (attributes.isEmpty()) {
            return;
        }
        until(until, "its search attributes", () -> ensureAttributes(attributes));
        until(until, "a workflow with its search attributes", () -> prove(attributes));
    }

    private void until(Instant limit, String what, Runnable call) {
        while (true) {
            try {
                call.run();
                return;
            } catch (StatusRuntimeException notYet) {
                if (Instant.now().isAfter(limit) || !mayStillCome.getAsBoolean()) {
                    throw new TemporalUnready(
                            "Temporal at " + target + " is not ready: " + what + " failed with "
                                    + notYet.getStatus().getCode(),
                            notYet);
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private void ensureNamespace() {
        DescribeNamespaceRequest question =
                DescribeNamespaceRequest.newBuilder().setNamespace(namespace).build();
        try {
            calls().describeNamespace(question);
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.NOT_FOUND) {
                throw e;
            }
            calls().registerNamespace(RegisterNamespaceRequest.newBuilder()
                    .setNamespace(namespace)
                    .setWorkflowExecutionRetentionPeriod(Durations.fromSeconds(RETENTION.toSeconds()))
                    .build());
        }
    }

    private void ensureAttributes(List<SearchAttributeKey<?>> attributes) {
        Map<String, IndexedValueType> missing = new TreeMap<>();
        attributes.forEach(attribute -> missing.put(attribute.getName(), attribute.getValueType()));
        try {
            operators
                    .blockingStub()
                    .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS)
                    .listSearchAttributes(ListSearchAttributesRequest.newBuilder()
                            .setNamespace(namespace)
                            .build())
                    .getCustomAttributesMap()
                    .keySet()
                    .forEach(missing::remove);
        } catch (StatusRuntimeException e) {
            // The in-memory server cannot list them
            if (e.getStatus().getCode() != Status.Code.UNIMPLEMENTED) {
                throw e;
            }
        }
        if (missing.isEmpty()) {
            return;
        }
        operators
                .blockingStub()
                .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS)
                .addSearchAttributes(AddSearchAttributesRequest.newBuilder()
                        .setNamespace(namespace)
                        .putAllSearchAttributes(missing)
                        .build());
    }

    private void prove(List<SearchAttributeKey<?>> attributes) {
        SearchAttributes.Builder values = SearchAttributes.newBuilder();
        attributes.forEach(attribute -> values.putIndexedFields(attribute.getName(), valueOf(attribute)));
        String id = "search-attribute-proof-" + UUID.randomUUID();
        String runId = calls().startWorkflowExecution(StartWorkflowExecutionRequest.newBuilder()
                        .setNamespace(namespace)
                        .setRequestId(id)
                        .setWorkflowId(id)
                        .setWorkflowType(WorkflowType.newBuilder().setName("search-attribute-proof"))
                        .setTaskQueue(TaskQueue.newBuilder().setName("search-attribute-proof"))
                        .setSearchAttributes(values)
                        .build())
                .getRunId();
        WorkflowExecution proof =
                WorkflowExecution.newBuilder().setWorkflowId(id).setRunId(runId).build();
        calls().terminateWorkflowExecution(TerminateWorkflowExecutionRequest.newBuilder()
                .setNamespace(namespace)
                .setWorkflowExecution(proof)
                .setReason("the search attributes are registered")
                .build());
        forget(proof);
    }

    private void forget(WorkflowExecution proof) {
        try {
            calls().deleteWorkflowExecution(DeleteWorkflowExecutionRequest.newBuilder()
                    .setNamespace(namespace)
                    .setWorkflowExecution(proof)
                    .build());
        } catch (StatusRuntimeException e) {
            // The in-memory server keeps every execution until it ends itself
            if (e.getStatus().getCode() != Status.Code.UNIMPLEMENTED) {
                throw e;
            }
        }
    }

    private static Payload valueOf(SearchAttributeKey<?> attribute) {
        IndexedValueType type = attribute.getValueType();
        String json = switch (type) {
            case INDEXED_VALUE_TYPE_TEXT, INDEXED_VALUE_TYPE_KEYWORD -> "\"proof\"";
            case INDEXED_VALUE_TYPE_KEYWORD_LIST -> "[\"proof\"]";
            case INDEXED_VALUE_TYPE_INT -> "1";
            case INDEXED_VALUE_TYPE_DOUBLE -> "1.5";
            case INDEXED_VALUE_TYPE_BOOL -> "true";
            case INDEXED_VALUE_TYPE_DATETIME -> "\"2026-01-01T00:00:00Z\"";
            case INDEXED_VALUE_TYPE_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("cannot register the search attribute " + attribute.getName()
                        + " of type " + type + " (expected: a type that Temporal names)");
        };
        return Payload.newBuilder()
                .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
                .setData(ByteString.copyFromUtf8(json))
                .build();
    }

    private WorkflowServiceBlockingStub calls() {
        return workflows.blockingStub().withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        operators.shutdownNow();
        workflows.shutdownNow();
    }
}
