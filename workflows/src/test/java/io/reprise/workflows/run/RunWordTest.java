package io.reprise.workflows.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RunWordTest {

    @ParameterizedTest
    @CsvSource({
        "FAILED,    STUCK,   Stuck",
        "STUCK,     NONE,    Stuck",
        "STUCK,     RUNNING, Stuck",
        "STUCK,     PARTIAL, Stuck",
        "CANCELLED, RUNNING, Undoing",
        "FAILED,    PARTIAL, Partly undone",
        "FAILED,    DONE,    Undone",
        "CANCELLED, NONE,    Cancelled",
        "WAITING,   NONE,    Waiting",
        "SUCCEEDED, NONE,    Succeeded"
    })
    void saysTheFirstThatMatches(Forward forward, Compensation compensation, String word) {
        assertThat(RunWord.of(forward, compensation).text()).isEqualTo(word);
    }

    @ParameterizedTest
    @EnumSource(Forward.class)
    void hasAWordForEveryPair(Forward forward) {
        for (Compensation compensation : Compensation.values()) {
            assertThat(RunWord.of(forward, compensation).text()).isNotBlank();
        }
    }
}
