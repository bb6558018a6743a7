package io.reprise.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.common.SearchAttributeKey;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("production")
class ProductionTemporalTest {

    private static final TemporalRelease RELEASE = new TemporalRelease(
            "1.31.2",
            Path.of(System.getProperty("reprise.root"), "deploy", "temporal", "dynamicconfig", "reprise.yaml"),
            4);
    private static final List<SearchAttributeKey<?>> ATTRIBUTES = List.of(
            SearchAttributeKey.forKeyword("RepriseForward"), SearchAttributeKey.forKeywordList("RepriseStuckSteps"));

    private static EmbeddedPostgresServer postgres;

    @BeforeAll
    static void startPostgres() {
        postgres = EmbeddedPostgresServer.start(Placement.temporary());
    }

    @AfterAll
    static void stopPostgres() {
        postgres.close();
    }

    @Test
    void knowsAfterAPowerCutWhatItKnewBefore() {
        try (ProductionTemporal temporal = start(Placement.temporary())) {
            startWorkflow(temporal, "kept");

            temporal.kill();
            temporal.startAgain();

            assertThatThrownBy(() -> startWorkflow(temporal, "kept"))
                    .isInstanceOf(WorkflowExecutionAlreadyStarted.class);
        }
    }

    @Test
    void refusesAtOnceAnIdThatItsDatabaseCannotHold() {
        try (ProductionTemporal temporal = start(Placement.temporary())) {
            assertThatThrownBy(() -> startWorkflow(temporal, "x".repeat(300)))
                    .isInstanceOf(WorkflowServiceException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            refused ->
                                    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT));
        }
    }

    @Test
    void endsAtItsStartWhatAKilledProcessLeftInItsFolder(@TempDir Path folder) {
        try (ProductionTemporal killed = start(Placement.kept(folder.resolve("kept")))) {
            List<ProcessHandle> left = Orphans.using("server", folder.resolve("kept"));

            Orphans.end("server", folder.resolve("kept"));

            assertThat(left).hasSize(1).noneMatch(ProcessHandle::isAlive);
            assertThat(killed.target()).isNotEmpty();
        }
    }

    @Test
    void leavesNoProcessWhenItIsClosed(@TempDir Path folder) {
        start(Placement.kept(folder)).close();

        assertThat(Orphans.using("server", folder)).isEmpty();
    }

    private static ProductionTemporal start(Placement placement) {
        return ProductionTemporal.start(RELEASE, TemporalSettings.at(placement, ATTRIBUTES), postgres);
    }

    private static void startWorkflow(ProductionTemporal temporal, String id) {
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(temporal.target())
                .build());
        try {
            WorkflowClient.newInstance(
                            stubs,
                            WorkflowClientOptions.newBuilder()
                                    .setNamespace(temporal.namespace())
                                    .build())
                    .newUntypedWorkflowStub(
                            "nobody-runs-this",
                            WorkflowOptions.newBuilder()
                                    .setWorkflowId(id)
                                    .setTaskQueue("nobody")
                                    .build())
                    .start();
        } finally {
            stubs.shutdownNow();
        }
    }
}
