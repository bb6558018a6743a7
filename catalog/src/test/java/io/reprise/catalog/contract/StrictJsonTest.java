package io.reprise.catalog.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    /** The tree by which the hashes in ledgers were made. */
    private static final JsonMapper TREE = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ }",
                "[\n]",
                " {\"a\" : [ 1 , -0, 12345678901, 123456789012345678901234567890 ] , \"b\" : { \"c\": null } }",
                "[1.0, 0.0, -0.0, 1e3, 1E+3, 1.50, 0.1e-7, 100.00, 123456789.123456789123456789]",
                "{\"é\": \"\\u00e9\\u0001\\/\\\\\\\"\\n😀\", \"\": \"\\ud83d\"}",
                "[[[[]]], {\"x\": [{}]}, true, false, \"\"]",
                "\"string\"",
                "-1.20",
                "null"
            })
    void aLineIsTheOneByWhichHashesWereMade(String text) throws BadSchema, JsonProcessingException {
        assertThat(StrictJson.oneLine(text)).isEqualTo(TREE.readTree(text).toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                      | line 1, column 1: found nothing (expected: a schema)
            {"a": 1, "b": {"a": 1, "a": 2}} | line 1, column 27: found Duplicate field 'a' (expected: one JSON document)
            {"a": 1} 2              | line 1, column 10: found more after the end of the document
            {"a": [1, 2             | found Unexpected end-of-input
            {"a": 01}               | found Invalid numeric value: Leading zeroes not allowed
            {"a": 1,}               | found Unexpected character
            """)
    void refusesTheSameWhetherItWritesALineOrNot(String text, String words) {
        assertThatExceptionOfType(BadSchema.class)
                .isThrownBy(() -> StrictJson.oneLine(text))
                .withMessageContaining(words);
        assertThatExceptionOfType(BadSchema.class)
                .isThrownBy(() -> StrictJson.check(text))
                .withMessageContaining(words);
    }

    @Test
    void refusesWhatIsNestedWithoutAnEndAndNumbersWithoutAnEnd() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        String number = "{\"default\": " + "9".repeat(101) + "}";

        assertThatExceptionOfType(BadSchema.class).isThrownBy(() -> StrictJson.oneLine(deep));
        assertThatExceptionOfType(BadSchema.class).isThrownBy(() -> StrictJson.check(deep));
        assertThatExceptionOfType(BadSchema.class).isThrownBy(() -> StrictJson.oneLine(number));
    }
}
