package io.reprise.catalog.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.reprise.catalog.shared.FieldError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderReaderTest {

    private static final String ORDER = """
            {"orderId":"o-1001","accountId":"acc-1","currency":"EUR",
             "lines":[{"sku":"sku-101","quantity":2,"unitPriceMinor":1250}]}""";

    private final OrderReader reader = new OrderReader();

    @Test
    void readsAnOrder() {
        OrderReading.Parsed parsed = parsed(ORDER);

        assertThat(parsed.order().orderId().value()).isEqualTo("o-1001");
        assertThat(parsed.order().totalMinor()).isEqualTo(2500);
    }

    @Test
    void writesEqualOrdersAsOneTextWhateverTheirSpacingAndTheOrderOfTheirFields() {
        OrderReading.Parsed other = parsed("""
                { "lines" : [ { "unitPriceMinor" : 1250, "quantity" : 2, "sku" : "sku-101" } ],
                  "currency" : "EUR", "accountId" : "acc-1", "orderId" : "o-1001" }""");

        assertThat(other.input()).isEqualTo(parsed(ORDER).input());
        assertThat(other.input().json())
                .isEqualTo("{\"orderId\":\"o-1001\",\"accountId\":\"acc-1\",\"currency\":\"EUR\","
                        + "\"lines\":[{\"sku\":\"sku-101\",\"quantity\":2,\"unitPriceMinor\":1250}]}");
    }

    @Test
    void tellsEveryErrorAtOnce() {
        List<FieldError> errors = refused("""
                {"orderID":"o-1","accountId":7,"currency":"eur","lines":[{"sku":"a/b","quantity":-1},
                 {"sku":"s","quantity":1.5,"unitPriceMinor":1,"quantity":2.5}, 3]}""").errors();

        assertThat(errors)
                .extracting(FieldError::pointer)
                .containsExactlyInAnyOrder(
                        "/orderID",
                        "/orderId",
                        "/accountId",
                        "/currency",
                        "/lines/0/sku",
                        "/lines/0/quantity",
                        "/lines/0/unitPriceMinor",
                        "/lines/1/quantity",
                        "/lines/1/quantity",
                        "/lines/2");
    }

    @Test
    void namesTheNearestFieldForAnUnknownOne() {
        List<FieldError> errors =
                refused(ORDER.replace("accountId", "acountId")).errors();

        assertThat(errors).contains(new FieldError("/acountId", "an unknown field", "'accountId'"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "quantity | 0",
                "quantity | -1",
                "quantity | 1000001",
                "quantity | 99999999999999999999999",
                "quantity | 1.0",
                "quantity | 1e3",
                "quantity | \"2\"",
                "quantity | true",
                "quantity | null",
                "quantity | []",
                "unitPriceMinor | -1",
                "unitPriceMinor | 9223372036854775808",
                "sku | \"\"",
                "sku | \"a b\"",
                "sku | \"sku\\u0000\"",
                "sku | \"größe\"",
                "sku | \"../etc\"",
                "sku | null"
            })
    void refusesAValueThatIsNoneOfItsField(String field, String value) {
        String line = "{\"sku\":\"s\",\"quantity\":1,\"unitPriceMinor\":1}"
                .replaceAll("\"" + field + "\":[^,}]+", "\"" + field + "\":" + value.replace("\\", "\\\\"));
        String order = "{\"orderId\":\"o\",\"accountId\":\"a\",\"currency\":\"EUR\",\"lines\":[" + line + "]}";

        assertThat(refused(order).errors()).extracting(FieldError::pointer).containsExactly("/lines/0/" + field);
    }

    @Test
    void refusesAnIdOf300Characters() {
        OrderReading.Refused refused = refused(ORDER.replace("o-1001", "o".repeat(300)));

        assertThat(refused.errors()).singleElement().satisfies(error -> {
            assertThat(error.pointer()).isEqualTo("/orderId");
            assertThat(error.found()).contains("(300 characters)").hasSizeLessThan(100);
        });
    }

    @Test
    void refusesALineAndATotalThatOverflow() {
        String line = "{\"sku\":\"s\",\"quantity\":1,\"unitPriceMinor\":9223372036854775807}";
        String order = "{\"orderId\":\"o\",\"accountId\":\"a\",\"currency\":\"EUR\",\"lines\":[%s]}";

        assertThat(refused(order.formatted(line.replace(":1,", ":2,"))).errors())
                .extracting(FieldError::pointer)
                .containsExactly("/lines/0/unitPriceMinor");
        assertThat(refused(order.formatted(line + "," + line)).errors())
                .containsExactly(new FieldError(
                        "/lines", "a total of 18446744073709551614", "a total of at most 9223372036854775807"));
    }

    @Test
    void refusesNoLinesAndMoreThanAHundred() {
        String line = "{\"sku\":\"s\",\"quantity\":1,\"unitPriceMinor\":1}";
        String order = "{\"orderId\":\"o\",\"accountId\":\"a\",\"currency\":\"EUR\",\"lines\":[%s]}";

        assertThat(refused(order.formatted("")).errors())
                .containsExactly(new FieldError("/lines", "an array of 0", "an array of 1 to 100"));
        assertThat(refused(order.formatted(String.join(",", java.util.Collections.nCopies(101, line))))
                        .errors())
                .containsExactly(new FieldError("/lines", "an array of 101", "an array of 1 to 100"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"orderId\":\"o-1\",} | line 1, column 18",
                "{\"orderId\" \"o-1\"} | line 1, column",
                "{'orderId':1} | line 1, column 2",
                "{} {} | more after the end",
                "{\"orderId\":NaN} | line 1, column",
                "{\"orderId\":01} | line 1, column"
            })
    void tellsWhereATextStopsBeingJson(String text, String found) {
        OrderReading.Refused refused = refused(text);

        assertThat(refused.code()).isEqualTo("malformed");
        assertThat(refused.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.found()).contains(found));
    }

    @Test
    void refusesWhatIsNotUtf8OrNothingOrTooDeepOrTooLong() {
        assertThat(refused(new byte[] {'"', (byte) 0xC3, '"'}).errors())
                .containsExactly(new FieldError("", "bytes that are not UTF-8", "JSON in UTF-8"));
        assertThat(refused(new byte[0]).code()).isEqualTo("malformed");
        assertThat(refused("[".repeat(10_000)).code()).isEqualTo("malformed");
        assertThat(refused(new byte[10_000_000]).errors())
                .containsExactly(new FieldError("", "10000000 bytes", "at most 262144 bytes"));
    }

    @Test
    void givesOrdersThatAreWrongInTheSamePlacesOneFingerprint() {
        String first = refused("{\"orderId\":\"o\",\"accountId\":\"a\",\"currency\":\"EUR\",\"lines\":[3]}")
                .fingerprint();
        String second = refused("{\"orderId\":\"p\",\"accountId\":\"a\",\"currency\":\"EUR\",\"lines\":[4,5]}")
                .fingerprint();

        assertThat(first).isEqualTo(second).isEqualTo("invalid:/lines/*");
    }

    private OrderReading.Parsed parsed(String text) {
        return assertThat(reader.read(text.getBytes(StandardCharsets.UTF_8)))
                .asInstanceOf(type(OrderReading.Parsed.class))
                .actual();
    }

    private OrderReading.Refused refused(String text) {
        return refused(text.getBytes(StandardCharsets.UTF_8));
    }

    private OrderReading.Refused refused(byte[] bytes) {
        return assertThat(reader.read(bytes))
                .asInstanceOf(type(OrderReading.Refused.class))
                .actual();
    }
}
