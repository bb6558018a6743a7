package io.reprise.workflows.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.WorkflowReplayer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ScheduleReplayTest {

    @TestFactory
    Stream<DynamicTest> recordedRunsFollowThisWorkflow() throws IOException, URISyntaxException {
        List<Path> histories = histories();

        assertThat(histories).hasSizeGreaterThanOrEqualTo(2);
        return histories.stream()
                .map(history -> DynamicTest.dynamicTest(history.getFileName().toString(), () -> replay(history)));
    }

    private static List<Path> histories() throws IOException, URISyntaxException {
        Path folder = Path.of(
                ScheduleReplayTest.class.getResource("/histories/schedule").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static void replay(Path history) throws IOException {
        WorkflowExecutionHistory recorded = WorkflowExecutionHistory.fromJson(Files.readString(history));

        assertThatCode(() -> WorkflowReplayer.replayWorkflowExecution(recorded, SlotLauncher.class))
                .as(
                        "one that runs follows %s no more: guard the change with Workflow.getVersion",
                        history.getFileName())
                .doesNotThrowAnyException();
    }
}
