package io.reprise.workflows.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.client.WorkflowFailedException;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.WorkflowReplayer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConnectionPreparingTest {

    @Test
    void answersWhatTheConnectionsOwnQueueFound() {
        try (ScriptedPreparation preparation = new ScriptedPreparation(order -> new Prepared(
                order.connection(),
                "MariaDB 11.4",
                List.of(),
                "fenced",
                List.of(order.how() + " for " + order.by())))) {

            Prepared prepared = preparation.probe().getResult(Prepared.class);

            assertThat(prepared)
                    .isEqualTo(
                            new Prepared("warehouse", "MariaDB 11.4", List.of(), "fenced", List.of("PROBE for ada")));
        }
    }

    @Test
    void failsAtTheFirstTryWithTheWordsOfTheDatabase() {
        AtomicInteger tries = new AtomicInteger();
        try (ScriptedPreparation preparation = new ScriptedPreparation(order -> {
            tries.incrementAndGet();
            throw ApplicationFailure.newFailure("permission denied", "DatabaseRefused");
        })) {

            assertThatThrownBy(() -> preparation.probe().getResult(Prepared.class))
                    .isInstanceOf(WorkflowFailedException.class)
                    .hasStackTraceContaining("permission denied");
            assertThat(tries).hasValue(1);
        }
    }

    @Test
    void oneThatRunsFollowsThisWorkflow() throws IOException {
        try (InputStream recorded = Objects.requireNonNull(
                ConnectionPreparingTest.class.getResourceAsStream("/histories/connection/probed.json"))) {
            String history = new String(recorded.readAllBytes(), StandardCharsets.UTF_8);

            assertThatCode(() -> WorkflowReplayer.replayWorkflowExecution(
                            WorkflowExecutionHistory.fromJson(history), ConnectionPreparing.class))
                    .doesNotThrowAnyException();
        }
    }
}
