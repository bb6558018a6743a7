package io.reprise.catalog.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reprise.catalog.schedule.SlotCalendar;
import io.reprise.catalog.shared.FieldError;
import io.reprise.workflows.pipeline.SlotKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class PipelineRequestTest {

    private static final PipelineDefinition DEFINITION = Samples.definition();

    @Test
    void theSlotAndTheKeyNameTheRun() throws Exception {
        PipelineRequest usual = request(Map.of());
        PipelineRequest other = request(Map.of("region", "US", "share", "1.5"));

        assertThat(usual.workflowId().value()).isEqualTo("pipeline/all/2026-11-19,EU");
        assertThat(usual.parameters()).containsEntry("share", new BigDecimal("12.50"));
        assertThat(other.workflowId().value()).isEqualTo("pipeline/all/2026-11-19,US");
        assertThat(other.slotWithKeys()).isEqualTo("2026-11-19,US");
    }

    @Test
    void aFiringStandsForTheSlotThatHasEnded() throws Exception {
        PipelineRequest atMidnight =
                PipelineRequest.ofFiring(DEFINITION, Instant.parse("2026-11-20T00:00:00Z"), Map.of());
        PipelineRequest atThree = PipelineRequest.ofFiring(DEFINITION, Instant.parse("2026-11-20T03:00:00Z"), Map.of());

        assertThat(atMidnight.slotWithKeys()).isEqualTo("2026-11-19,EU");
        assertThat(atThree.workflowId()).isEqualTo(atMidnight.workflowId());
    }

    @Test
    void whatStandsForNoTimeIsKnownByItsKeysAndWithoutThemByTheMoment() throws Exception {
        Instant now = Instant.parse("2026-11-20T03:04:05Z");

        assertThat(PipelineRequest.ofAsking(DEFINITION, now, Map.of())
                        .workflowId()
                        .value())
                .isEqualTo("pipeline/all/2026-11-19,EU");
        assertThat(PipelineRequest.ofAsking(timeless(List.of("region")), now, Map.of())
                        .workflowId()
                        .value())
                .isEqualTo("pipeline/all/EU");
        assertThat(PipelineRequest.ofAsking(timeless(List.of()), now, Map.of())
                        .workflowId()
                        .value())
                .isEqualTo("pipeline/all/2026-11-20T030405Z");
    }

    private static PipelineDefinition timeless(List<String> key) {
        return new PipelineDefinition(
                DEFINITION.name(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                DEFINITION.parameters(),
                key,
                DEFINITION.concurrency(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                DEFINITION.failure(),
                DEFINITION.steps(),
                List.of(),
                DEFINITION.hooks(),
                List.of());
    }

    @Test
    void everythingThatIsWrongWithParametersIsToldAtOnce() {
        assertThatThrownBy(() -> request(Map.of("region", "MARS", "share", "much", "regoin", "EU")))
                .asInstanceOf(InstanceOfAssertFactories.throwable(BadParameters.class))
                .satisfies(bad -> assertThat(bad.errors())
                        .extracting(FieldError::pointer)
                        .containsExactly("/regoin", "/region", "/share"))
                .hasMessageContainingAll("did you mean 'region'?", "one of EU, US", "a number like 12.5");
    }

    private static PipelineRequest request(Map<String, Object> parameters) throws Exception {
        return PipelineRequest.ofSlot(
                DEFINITION, new SlotCalendar(SlotKind.DAY, ZoneId.of("UTC")).named("2026-11-19"), parameters);
    }
}
