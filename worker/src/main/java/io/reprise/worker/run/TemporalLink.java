package io.reprise.worker.run;

import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.tally.Scope;
import com.uber.m3.tally.ScopeCloseException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.MeterRegistry;
import io.reprise.workflows.run.SearchAttributes;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.reporter.MicrometerClientStatsReporter;
import io.temporal.serviceclient.GrpcCompression;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.RpcRetryOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way to Temporal. It is made without asking whether Temporal is there. */
public final class TemporalLink implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TemporalLink.class);
    private static final long CALL_SECONDS = 5;

    // Shorter than the lease of a run that is being started, so that nobody else starts it meanwhile.
    private static final Duration RETRIES = Duration.ofSeconds(10);

    private final TemporalSettings settings;
    private final Scope metrics;
    private final WorkflowServiceStubs workflows;
    private final OperatorServiceStubs operators;
    private final WorkflowClient client;

    public TemporalLink(TemporalSettings settings, String identity, MeterRegistry registry) {
        this.settings = settings;
        this.metrics = new RootScopeBuilder()
                .reporter(new MicrometerClientStatsReporter(registry))
                .reportEvery(com.uber.m3.util.Duration.ofSeconds(5));
        this.workflows = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(settings.address())
                .setMetricsScope(metrics)
                .setGrpcCompression(settings.isOnThisMachine() ? GrpcCompression.NONE : GrpcCompression.GZIP)
                .setRpcRetryOptions(RpcRetryOptions.newBuilder()
                        .setInitialInterval(Duration.ofMillis(50))
                        .setMaximumInterval(Duration.ofSeconds(1))
                        .setExpiration(RETRIES)
                        .validateBuildWithDefaults())
                .validateAndBuildWithDefaults());
        this.operators = OperatorServiceStubs.newServiceStubs(OperatorServiceStubsOptions.newBuilder()
                .setChannel(workflows.getRawChannel())
                .validateAndBuildWithDefaults());
        this.client = WorkflowClient.newInstance(
                workflows,
                WorkflowClientOptions.newBuilder()
                        .setNamespace(settings.namespace())
                        .setIdentity(identity)
                        .build());
    }

    public WorkflowClient client() {
        return client;
    }

    public String namespace() {
        return settings.namespace();
    }

    /** Throws where Temporal does not answer. */
    public void ping() {
        workflows
                .blockingStub()
                .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS)
                .getSystemInfo(GetSystemInfoRequest.getDefaultInstance());
    }

    /** Makes the server fit for runs: its namespace is there, it knows the search attributes, and a workflow can have them. */
    public void prepare() {
        workflows
                .blockingStub()
                .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS)
                .describeNamespace(DescribeNamespaceRequest.newBuilder()
                        .setNamespace(settings.namespace())
                        .build());
        registerAttributes();
        proveAttributes();
    }

    @Override
    public void close() {
        workflows.shutdownNow();
        workflows.awaitTermination(1, TimeUnit.SECONDS);
        try {
            metrics.close();
        } catch (ScopeCloseException e) {
            LOG.debug("Could not close the metrics of Temporal's client", e);
        }
    }

    private void registerAttributes() {
        Map<String, IndexedValueType> missing = new TreeMap<>();
        for (SearchAttributeKey<?> attribute : SearchAttributes.all()) {
            missing.put(attribute.getName(), attribute.getValueType());
        }
        try {
            operators
                    .blockingStub()
                    .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS)
                    .listSearchAttributes(ListSearchAttributesRequest.newBuilder()
                            .setNamespace(settings.namespace())
                            .build())
                    .getCustomAttributesMap()
                    .keySet()
                    .forEach(missing::remove);
        } catch (StatusRuntimeException e) {
            // The in-memory server cannot list them.
            if (e.getStatus().getCode() != Status.Code.UNIMPLEMENTED) {
                throw e;
            }
        }
        if (!missing.isEmpty()) {
            add(missing);
        }
    }

    private void add(Map<String, IndexedValueType> missing) {
        try {
            operators
                    .blockingStub()
                    .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS)
                    .addSearchAttributes(AddSearchAttributesRequest.newBuilder()
                            .setNamespace(settings.namespace())
                            .putAllSearchAttributes(missing)
                            .build());
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.ALREADY_EXISTS) {
                throw e;
            }
        }
    }

    /** Starts a workflow that carries all of them, on a queue that nobody serves, and ends it again. */
    private void proveAttributes() {
        WorkflowOptions options = WorkflowOptions.newBuilder()
                .setWorkflowId("run/attributes/" + UUID.randomUUID())
                .setTaskQueue("run.attributes")
                .setWorkflowExecutionTimeout(Duration.ofMinutes(1))
                .setTypedSearchAttributes(io.temporal.common.SearchAttributes.newBuilder()
                        .set(SearchAttributes.FEATURE, SearchAttributes.PROOF)
                        .set(SearchAttributes.NAME, "attributes")
                        .set(SearchAttributes.SLOT, "none")
                        .set(SearchAttributes.FORWARD, "RUNNING")
                        .set(SearchAttributes.COMPENSATION, "NONE")
                        .set(SearchAttributes.STUCK_STEPS, List.of("none"))
                        .build())
                .build();
        WorkflowStub proof = client.newUntypedWorkflowStub("attributes", options);
        proof.start();
        proof.terminate("the search attributes are known here");
    }
}
