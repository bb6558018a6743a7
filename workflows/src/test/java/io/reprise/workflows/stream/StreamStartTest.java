package io.reprise.workflows.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reprise.workflows.run.Name;
import io.temporal.client.WorkflowFailedException;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.WorkflowReplayer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamStartTest {

    @Test
    void answersWhatTheConnectionsOwnQueueFound() {
        try (ScriptedStreams streams = new ScriptedStreams(new StreamHistories.FixedAnswers())) {
            assertThat(streams.plan().workflow().getResult(StreamPlan.class).statements())
                    .containsExactly("create table raw.events ()");
            assertThat(streams.balance()
                            .workflow()
                            .getResult(StreamBalance.class)
                            .balanced())
                    .isTrue();
        }
    }

    @Test
    void whoAsksWhatIsBeingFoundOutHearsTheSameAnswer() {
        AtomicInteger looks = new AtomicInteger();
        CountDownLatch both = new CountDownLatch(1);
        try (ScriptedStreams streams = new ScriptedStreams(new Waiting(looks, both))) {
            StreamStart.Asked first = streams.balance();
            StreamStart.Asked second = streams.balance();
            both.countDown();

            assertThat(first.workflow().getResult(StreamBalance.class))
                    .isEqualTo(second.workflow().getResult(StreamBalance.class));
            assertThat(second.executionId()).isEqualTo(first.executionId());
            assertThat(streams.asked()
                            .balance(new Name("events"), first.executionId())
                            .workflow()
                            .getResult(StreamBalance.class)
                            .balanced())
                    .isTrue();
            assertThat(looks).hasValue(1);
        }
    }

    /** Balances once it is told to. */
    private record Waiting(AtomicInteger looks, CountDownLatch told) implements StreamSteps {

        @Override
        public StreamPlan plan(PlanOrder order) {
            throw ApplicationFailure.newFailure("permission denied", "DatabaseRefused");
        }

        @Override
        public StreamBalance balance(BalanceOrder order) {
            looks.incrementAndGet();
            try {
                told.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return new StreamHistories.FixedAnswers().balance(order);
        }
    }

    @Test
    void failsAtTheFirstTryWithTheWordsOfTheDatabase() {
        try (ScriptedStreams streams = new ScriptedStreams(new Waiting(new AtomicInteger(), new CountDownLatch(0)))) {
            assertThatThrownBy(() -> streams.plan().workflow().getResult(StreamPlan.class))
                    .isInstanceOf(WorkflowFailedException.class)
                    .hasStackTraceContaining("permission denied");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"planned", "balanced"})
    void oneThatRunsFollowsTheseWorkflows(String name) throws IOException {
        try (InputStream recorded = Objects.requireNonNull(
                StreamStartTest.class.getResourceAsStream("/histories/stream/" + name + ".json"))) {
            String history = new String(recorded.readAllBytes(), StandardCharsets.UTF_8);

            assertThatCode(() -> WorkflowReplayer.replayWorkflowExecution(
                            WorkflowExecutionHistory.fromJson(history), StreamPlanning.class, StreamBalancing.class))
                    .doesNotThrowAnyException();
        }
    }
}
