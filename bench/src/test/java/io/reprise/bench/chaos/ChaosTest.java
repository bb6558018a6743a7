package io.reprise.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.bench.shared.BenchResult;
import io.reprise.bench.shared.Figure;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

@Tag("chaos")
final class ChaosTest {

    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    @Test
    void aMinuteOfKillsLosesNothingAndDoublesNothing(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path logs)
            throws Exception {
        long seed = ThreadLocalRandom.current().nextInt(1_000_000);

        BenchResult result = new ChaosBench(seed, A_MINUTE, logs, Clock.systemUTC(), System.out::println).run();

        System.out.println(result.table());
        assertThat(value(result, "disagreements")).as("seed %d", seed).isZero();
        assertThat(value(result, "not-ended")).as("seed %d", seed).isZero();
        assertThat(value(result, "orders")).isPositive();
        assertThat(value(result, "kills")).isPositive();
    }

    private static BigDecimal value(BenchResult result, String name) {
        return result.figures().stream()
                .filter(figure -> figure.name().equals(name))
                .map(Figure::value)
                .findFirst()
                .orElseThrow();
    }
}
