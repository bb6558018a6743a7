package io.reprise.cli.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShopEventsTest {

    private static final LocalDate DAY = LocalDate.parse("2026-11-19");

    @Test
    void makesTheSameDayOfTheSameSeed() {
        List<ShopEvent> one = new ShopEvents(7).ofDay(DAY, 200).toList();
        List<ShopEvent> again = new ShopEvents(7).ofDay(DAY, 200).toList();
        List<ShopEvent> other = new ShopEvents(8).ofDay(DAY, 200).toList();

        assertThat(again).isEqualTo(one);
        assertThat(other).doesNotContainAnyElementsOf(one);
    }

    @Test
    void keepsADaysEventsInTheDayAndTheirIdsApart() {
        List<ShopEvent> events = new ShopEvents(7).ofDay(DAY, 10_000).toList();

        assertThat(events).hasSize(10_000).allMatch(event -> event.day().equals(DAY));
        assertThat(events.stream().map(ShopEvent::eventId)).doesNotHaveDuplicates();
        assertThat(events.stream().map(ShopEvent::region).distinct()).containsExactlyInAnyOrder("EU", "US");
        assertThat(events).allMatch(event -> event.quantity() > 0 && event.unitPriceMinor() > 0);
    }

    @Test
    void givesEachEventAVersionFourId() {
        assertThat(new ShopEvents(1).ofDay(DAY, 50))
                .allMatch(event ->
                        event.eventId().version() == 4 && event.eventId().variant() == 2);
    }
}
