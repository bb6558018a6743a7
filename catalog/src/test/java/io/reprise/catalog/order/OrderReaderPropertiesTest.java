package io.reprise.catalog.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.workflows.order.Order;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class OrderReaderPropertiesTest {

    private final OrderReader reader = new OrderReader();

    @Property(tries = 1_000)
    void anyBytesAreReadOrRefusedWithAReason(@ForAll byte[] bytes) {
        readOrRefused(reader.read(bytes));
    }

    @Property(tries = 1_000)
    void anyDamageToAnOrderIsReadOrRefusedWithAReason(
            @ForAll("orders") String order, @ForAll int place, @ForAll("pieces") String piece) {
        int at = Math.floorMod(place, order.length());
        String damaged =
                order.substring(0, at) + piece + order.substring(Math.min(order.length(), at + piece.length()));

        readOrRefused(reader.read(damaged.getBytes(StandardCharsets.UTF_8)));
    }

    @Property(tries = 200)
    void anOrderIsReadAndItsCanonicalTextReadsAsItself(@ForAll("orders") String text) {
        OrderReading.Parsed first = (OrderReading.Parsed) reader.read(text.getBytes(StandardCharsets.UTF_8));

        OrderReading second = reader.read(first.input().json().getBytes(StandardCharsets.UTF_8));

        assertThat(second).isEqualTo(first);
    }

    @Provide
    Arbitrary<String> orders() {
        Arbitrary<String> names = Arbitraries.strings()
                .withCharRange('a', 'z')
                .numeric()
                .ofMinLength(1)
                .ofMaxLength(100);
        Arbitrary<String> currencies = Arbitraries.of("EUR", "USD", "CHF");
        return Combinators.combine(
                        names,
                        names,
                        currencies,
                        lines(names).list().ofMinSize(1).ofMaxSize(Order.MOST_LINES))
                .as(OrderReaderPropertiesTest::order);
    }

    private static Arbitrary<String> lines(Arbitrary<String> names) {
        return Combinators.combine(
                        names,
                        Arbitraries.integers().between(1, 1_000_000),
                        Arbitraries.longs().between(0, 90_000_000_000L))
                .as((sku, quantity, price) -> String.format(
                        Locale.ROOT, "{\"sku\":\"%s\",\"quantity\":%d,\"unitPriceMinor\":%d}", sku, quantity, price));
    }

    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.oneOf(
                Arbitraries.of("{", "}", "[", "]", "\"", ",", ":", "null", "-", "1e9", "\\u0000", "\"lines\":", "\\"),
                Arbitraries.strings().ofMaxLength(3));
    }

    private static String order(String orderId, String accountId, String currency, List<String> lines) {
        return lines.stream()
                .collect(Collectors.joining(
                        ",",
                        "{\"orderId\":\"" + orderId + "\",\"accountId\":\"" + accountId + "\",\"currency\":\""
                                + currency + "\",\"lines\":[",
                        "]}"));
    }

    private static void readOrRefused(OrderReading reading) {
        switch (reading) {
            case OrderReading.Parsed parsed ->
                assertThat(parsed.order().totalMinor()).isNotNegative();
            case OrderReading.Refused refused ->
                assertThat(refused.errors()).isNotEmpty().allSatisfy(error -> {
                    assertThat(error.found()).isNotBlank();
                    assertThat(error.expected()).isNotBlank();
                });
        }
    }
}
