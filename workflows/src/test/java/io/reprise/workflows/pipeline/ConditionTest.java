package io.reprise.workflows.pipeline;

import static io.reprise.workflows.pipeline.Relation.AT_LEAST;
import static io.reprise.workflows.pipeline.Relation.AT_MOST;
import static io.reprise.workflows.pipeline.Relation.EQUALS;
import static io.reprise.workflows.pipeline.Relation.GREATER;
import static io.reprise.workflows.pipeline.Relation.LESS;
import static io.reprise.workflows.pipeline.Relation.NOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reprise.workflows.pipeline.Condition.Verdict;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConditionTest {

    private static final Map<String, Object> VALUES = Map.of(
            "capture.rows",
            5,
            "capture.total",
            "12.50",
            "capture.big",
            new BigInteger("9223372036854775808"),
            "region",
            "EU",
            "day",
            "2026-11-19",
            "full",
            true);

    private static Verdict check(String value, Relation is, @Nullable Object operand) {
        return new Condition(value, is, operand).check(VALUES);
    }

    private static boolean holds(String value, Relation is, @Nullable Object operand) {
        return check(value, is, operand) instanceof Verdict.Met;
    }

    @Test
    void comparesNumbersAsNumbersHoweverTheyAreWritten() {
        assertThat(holds("capture.rows", GREATER, 4.9)).isTrue();
        assertThat(holds("capture.rows", GREATER, 5)).isFalse();
        assertThat(holds("capture.rows", EQUALS, 5.0)).isTrue();
        assertThat(holds("capture.rows", EQUALS, "5")).isTrue();
        assertThat(holds("capture.rows", AT_MOST, 5L)).isTrue();
        assertThat(holds("capture.total", LESS, 12.6)).isTrue();
        assertThat(holds("capture.big", GREATER, Long.MAX_VALUE)).isTrue();
    }

    @Test
    void comparesTextsByTheirLetters() {
        assertThat(holds("region", EQUALS, "EU")).isTrue();
        assertThat(holds("region", NOT, "US")).isTrue();
        assertThat(holds("day", AT_LEAST, "2026-11-01")).isTrue();
        assertThat(holds("day", LESS, "2026-11-01")).isFalse();
    }

    @Test
    void comparesTruthValuesOnlyForBeingTheSame() {
        assertThat(holds("full", EQUALS, true)).isTrue();
        assertThat(holds("full", NOT, true)).isFalse();
        assertThat(check("full", GREATER, 0)).isInstanceOf(Verdict.Unclear.class);
    }

    @Test
    void takesAnotherValueAsItsOperand() {
        assertThat(holds("capture.rows", LESS, ":capture.big")).isTrue();
        assertThat(holds("region", EQUALS, ":region")).isTrue();
        assertThat(holds("region", EQUALS, ":nowhere")).isFalse();
    }

    @Test
    void whatIsNotThereEqualsNothingAndHasNoOrder() {
        assertThat(holds("apply.rows", EQUALS, null)).isTrue();
        assertThat(holds("apply.rows", NOT, null)).isFalse();
        assertThat(holds("apply.rows", NOT, 0)).isTrue();
        assertThat(check("apply.rows", GREATER, 0))
                .isEqualTo(new Verdict.NotMet("apply.rows is not there (expected: apply.rows is greater than 0)"));
    }

    @Test
    void saysWhatItFoundAndWhatItExpected() {
        assertThat(check("capture.rows", GREATER, 7))
                .isEqualTo(new Verdict.NotMet("capture.rows is 5 (expected: capture.rows is greater than 7)"));
        assertThat(check("region", AT_LEAST, 7))
                .isEqualTo(new Verdict.Unclear(
                        "region is 'EU' (expected: region is at least 7), and the two cannot be" + " compared"));
    }

    @Test
    void refusesWhatCouldNeverBeCompared() {
        assertThatThrownBy(() -> new Condition("capture.rows", GREATER, null))
                .hasMessageContaining("is greater than nothing");
        assertThatThrownBy(() -> new Condition("capture.rows", EQUALS, List.of(1)))
                .hasMessageContaining("a number, text or truth value");
    }
}
