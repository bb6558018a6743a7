package io.reprise.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributes;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class EmbeddedTemporalTest {

    private static final SearchAttributeKey<String> COLOUR = SearchAttributeKey.forKeyword("Colour");
    private static final SearchAttributeKey<List<String>> TAGS = SearchAttributeKey.forKeywordList("Tags");

    @TempDir
    Path folder;

    @Test
    void runsAWorkflowThatChangesItsSearchAttributes() {
        try (EmbeddedTemporal temporal = EmbeddedTemporal.start(settings(Placement.temporary()))) {
            assertThat(greet(temporal, "one")).isEqualTo("hello one");
        }
    }

    @Test
    void keepsRunsAndPortOverStopAndOverAnotherStart() {
        String target;
        int port;
        try (EmbeddedTemporal temporal = EmbeddedTemporal.start(settings(Placement.kept(folder)))) {
            assertThat(temporal.isInMemory())
                    .as("a real server is needed here: %s", temporal.description())
                    .isFalse();
            target = temporal.target();
            port = Integer.parseInt(target.substring(target.indexOf(':') + 1));
            greet(temporal, "one");

            temporal.stop();
            assertThat(Ports.isFree(port)).isTrue();
            temporal.startAgain();

            assertThat(resultOf(temporal, "one")).isEqualTo("hello one");
        }

        try (EmbeddedTemporal temporal =
                EmbeddedTemporal.start(settings(Placement.kept(folder).onPort(port)))) {
            assertThat(temporal.target()).isEqualTo(target);
            assertThat(resultOf(temporal, "one")).isEqualTo("hello one");
        }
        assertThat(Orphans.using("temporal", folder)).isEmpty();
    }

    @Test
    void servesItsUiWhenAsked() {
        int ui = Ports.free();
        try (EmbeddedTemporal temporal =
                EmbeddedTemporal.start(settings(Placement.temporary()).withUi(ui))) {
            assertThat(temporal.uiUrl()).contains("http://127.0.0.1:" + ui);
            assertThat(Ports.isFree(ui)).isFalse();
        }
    }

    @Test
    void refusesAConfiguredProgramThatIsNotTemporal() {
        assertThatThrownBy(() -> EmbeddedTemporal.start(
                        settings(Placement.temporary()).withEnvironment(Map.of(TemporalSettings.CLI, "/bin/true"))))
                .hasMessageContaining("REPRISE_TEMPORAL_CLI=/bin/true");
    }

    @Test
    void standsInInMemoryAndSaysWhatIsMissing() {
        List<String> told = new ArrayList<>();
        try (EmbeddedTemporal temporal = EmbeddedTemporal.start(settings(Placement.temporary())
                .withEnvironment(Map.of("PATH", folder.toString()))
                .withCache(folder.resolve("cache"))
                .withFetching(false)
                .withProgress(told::add))) {
            assertThat(temporal.isInMemory()).isTrue();
            assertThat(greet(temporal, "one")).isEqualTo("hello one");
        }
        assertThat(told).last().asString().contains("IN MEMORY", "no 'temporal' on the PATH", "REPRISE_TEMPORAL_CLI");
    }

    @Test
    void preparesAServerThatRunsElsewhere() {
        try (EmbeddedTemporal elsewhere =
                        EmbeddedTemporal.start(TemporalSettings.at(Placement.temporary(), List.of()));
                EmbeddedTemporal temporal = EmbeddedTemporal.start(settings(Placement.temporary())
                        .withNamespace("second")
                        .withEnvironment(Map.of(TemporalSettings.ADDRESS, elsewhere.target())))) {
            assertThat(temporal.target()).isEqualTo(elsewhere.target());
            assertThat(greet(temporal, "one")).isEqualTo("hello one");
        }
    }

    private static TemporalSettings settings(Placement placement) {
        return TemporalSettings.at(placement, List.of(COLOUR, TAGS));
    }

    private static String greet(EmbeddedTemporal temporal, String name) {
        WorkflowServiceStubs stubs = connect(temporal);
        WorkflowClient client = client(temporal, stubs);
        WorkerFactory factory = WorkerFactory.newInstance(client);
        try {
            Worker worker = factory.newWorker("greetings");
            worker.registerWorkflowImplementationTypes(FriendlyGreeting.class);
            factory.start();
            Greeting greeting = client.newWorkflowStub(
                    Greeting.class,
                    WorkflowOptions.newBuilder()
                            .setTaskQueue("greetings")
                            .setWorkflowId(name)
                            .setTypedSearchAttributes(SearchAttributes.newBuilder()
                                    .set(COLOUR, "green")
                                    .build())
                            .build());
            return greeting.greet(name);
        } finally {
            factory.shutdownNow();
            stubs.shutdownNow();
        }
    }

    private static String resultOf(EmbeddedTemporal temporal, String workflowId) {
        WorkflowServiceStubs stubs = connect(temporal);
        try {
            WorkflowStub stub = client(temporal, stubs).newUntypedWorkflowStub(workflowId);
            return stub.getResult(String.class);
        } finally {
            stubs.shutdownNow();
        }
    }

    private static WorkflowServiceStubs connect(EmbeddedTemporal temporal) {
        return WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(temporal.target())
                .build());
    }

    private static WorkflowClient client(EmbeddedTemporal temporal, WorkflowServiceStubs stubs) {
        return WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder()
                        .setNamespace(temporal.namespace())
                        .build());
    }

    @WorkflowInterface
    public interface Greeting {
        @WorkflowMethod
        String greet(String name);
    }

    public static class FriendlyGreeting implements Greeting {
        @Override
        public String greet(String name) {
            Workflow.upsertTypedSearchAttributes(COLOUR.valueSet("red"), TAGS.valueSet(List.of("a", "b")));
            return "hello " + name;
        }
    }
}
