package io.reprise.bench.shared;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BenchResultTest {

    private final BenchResult result = new BenchResult(
            "saga",
            "abc123",
            "2 cores",
            List.of(
                    Figure.of("ratio regular", 0.8512, "ratio", Goal.atLeast(0.85)),
                    Figure.of("disagreements", 3, "count", Goal.none()),
                    Figure.of("orders", 2000, "count")));

    @Test
    void isOneDocumentWithStableNames() throws Exception {
        JsonNode document = new ObjectMapper().readTree(result.json());

        assertThat(document.properties())
                .extracting(field -> field.getKey())
                .containsExactly("bench", "commit", "machine", "figures");
        assertThat(document.get("figures").get(0).properties())
                .extracting(field -> field.getKey())
                .containsExactly("name", "value", "unit", "goal", "met");
    }

    @Test
    void saysOfEachGoalWhetherItWasMet() throws Exception {
        JsonNode figures = new ObjectMapper().readTree(result.json()).get("figures");

        assertThat(figures.get(0).get("met").booleanValue()).isTrue();
        assertThat(figures.get(1).get("met").booleanValue()).isFalse();
        assertThat(figures.get(1).get("goal").intValue()).isZero();
    }

    @Test
    void leavesGoalAndVerdictEmptyWhereThereIsNone() throws Exception {
        JsonNode orders =
                new ObjectMapper().readTree(result.json()).get("figures").get(2);

        assertThat(orders.get("goal").isNull()).isTrue();
        assertThat(orders.get("met").isNull()).isTrue();
        assertThat(orders.get("value").asText()).isEqualTo("2000");
    }

    @Test
    void printsAMissedGoalAsMissed() {
        assertThat(result.table())
                .contains("0.851 ratio     goal ≥ 0.85  met")
                .contains("3 count     goal ≤ 0  MISSED");
    }
}
