package io.reprise.bench.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.bench.shared.BenchResult;
import io.reprise.bench.shared.Figure;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class StartsBenchTest {

    @Test
    void measuresEveryStartOfBoth() throws Exception {
        BenchResult result = StartsBench.run(50, 1, Duration.ofSeconds(1), said -> {});

        assertThat(result.figures())
                .extracting(Figure::name)
                .contains("trigger", "WorkflowClient.start in a loop", "trigger / loop", "produced to started, p99");
        assertThat(result.figures())
                .allSatisfy(
                        figure -> assertThat(figure.value()).as(figure.name()).isPositive());
    }
}
