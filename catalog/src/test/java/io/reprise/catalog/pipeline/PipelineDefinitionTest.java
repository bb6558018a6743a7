package io.reprise.catalog.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PipelineDefinitionTest {

    @Test
    void isReadBackFromItsText() {
        PipelineDefinition definition = Samples.definition();

        PipelineDefinition read = PipelineDefinition.fromJson(definition.json());

        assertThat(read).isEqualTo(definition);
        assertThat(read.json()).isEqualTo(definition.json());
        assertThat(read.hash()).isEqualTo(definition.hash()).matches("[0-9a-f]{64}");
    }

    /** Hashes stand in ledgers: a definition that nobody changed must keep its own. */
    @Test
    void hasOneTextThatNeverChangesByItself() throws IOException {
        assertThat(Samples.definition().json())
                .as("the text of definitions has changed, and with it every hash in every ledger")
                .isEqualTo(golden());
    }

    private static String golden() throws IOException {
        try (InputStream text = PipelineDefinitionTest.class.getResourceAsStream("definition.json")) {
            return new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    @Test
    void findsStepsAmongTheLastOnesToo() {
        assertThat(Samples.definition().step("clean")).isPresent();
        assertThat(Samples.definition().step("print[7]")).isPresent();
        assertThat(Samples.definition().step("nobody")).isEmpty();
    }

    @Test
    void refusesATextThatIsNoDefinition() {
        assertThatThrownBy(() -> PipelineDefinition.fromJson("{\"pipeline\":7}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cannot read a pipeline's definition: ")
                .hasMessageEndingWith("(expected: the text of a pipeline's definition)");
    }
}
