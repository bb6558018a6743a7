package io.reprise.cli.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ShopEventsTest {

    private static final LocalDate DAY = LocalDate.parse("2026-11-19");
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

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
        assertThat(events.stream().map(ShopEvent::version).distinct()).containsExactlyInAnyOrder(1, 2, 3);
        assertThat(events).allMatch(event -> event.quantity() > 0 && event.unitPriceMinor() > 0);
    }

    @Test
    void givesEachEventAVersionFourId() {
        assertThat(new ShopEvents(1).ofDay(DAY, 50))
                .allMatch(event ->
                        event.eventId().version() == 4 && event.eventId().variant() == 2);
    }

    @Test
    void sendsEveryEventOfItsDaysOnceAndTheLateOnesBehindTheDayAfter() {
        List<Parcel.Sale> sales = sales(parcels(0));

        assertThat(sales.stream().map(Parcel.Sale::event))
                .containsExactlyInAnyOrderElementsOf(List.of(DAY, DAY.plusDays(1)).stream()
                        .flatMap(day -> new ShopEvents(7).ofDay(day, 1_000))
                        .toList());
        Parcel.Sale late =
                sales.stream().filter(Parcel.Sale::isLate).findFirst().orElseThrow();
        assertThat(late.event().day()).isEqualTo(DAY);
        assertThat(sales.get(sales.indexOf(late) - 1).event().day()).isEqualTo(DAY.plusDays(1));
    }

    @Test
    void putsPoisonBetweenTheEventsAndTakesNoneOfThemAway() {
        List<Parcel> poisoned = parcels(20);

        assertThat(sales(poisoned)).isEqualTo(sales(parcels(0)));
        assertThat(poisoned).hasSizeBetween(2_300, 2_500).isEqualTo(parcels(20));
    }

    @Test
    void neighbouringSeedsAndDaysHaveNoEventInCommon() {
        Set<UUID> ids = new HashSet<>();
        for (long seed = 1; seed <= 5; seed++) {
            for (int days = 0; days < 5; days++) {
                new ShopEvents(seed).ofDay(DAY.plusDays(days), 400).forEach(event -> ids.add(event.eventId()));
            }
        }

        assertThat(ids).hasSize(5 * 5 * 400);
    }

    @Test
    void makesOtherLiveEventsAtEachStartButOfTheSameKind() {
        ShopEvent one = new ShopEvents(7).live(NOON, 3, NOON);
        ShopEvent other = new ShopEvents(7).live(NOON.plusMillis(1), 3, NOON);

        assertThat(one.eventId()).isNotEqualTo(other.eventId());
        assertThat(one.sku()).isEqualTo(other.sku());
        assertThat(one.version()).isEqualTo(other.version());
    }

    private static List<Parcel> parcels(int poisonPercent) {
        List<Parcel> taken = new ArrayList<>();
        new Parcels(new ShopEvents(7), 10, poisonPercent).ofDays(List.of(DAY, DAY.plusDays(1)), 1_000, taken::add);
        return taken;
    }

    private static List<Parcel.Sale> sales(List<Parcel> parcels) {
        return parcels.stream()
                .filter(Parcel.Sale.class::isInstance)
                .map(Parcel.Sale.class::cast)
                .toList();
    }
}
