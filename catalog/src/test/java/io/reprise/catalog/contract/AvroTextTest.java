package io.reprise.catalog.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvroTextTest {

    @Test
    void readsASchemaThatContainsItself() throws BadSchema {
        Schema schema = AvroText.read("""
                {"type": "record", "name": "Tree", "fields": [{"name": "left", "type": ["null", "Tree"]}]}""");

        assertThat(schema.getField("left").schema().getTypes().getLast()).isEqualTo(schema);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                                        | found nothing (expected: a schema)
            {"type": "record"                                         | Unexpected end-of-input
            {"type": "string", "type": "int"}                         | Duplicate field 'type'
            "string" "int"                                            | found more after the end of the document
            {"type": "record", "name": "a", "fields": [{"name": "b", "type": "Other"}]} | found a type that this schema does not define: Other
            {"type": "record", "name": "1a", "fields": []}            | Illegal initial character
            {"type": "record", "name": "a", "fields": [{"name": "b", "type": "int", "default": "x"}]} | Invalid default
            {"type": "enum", "name": "a", "symbols": ["A", "A"]}      | Duplicate enum symbol
            {"type": "fixed", "name": "a", "size": -1}                | found
            {"type": "array"}                                         | found
            {"type": ["null", ["null", "int"]]}                       | found
            42                                                        | found
            """)
    void refusesWhatIsNoSchemaInWords(String text, String words) {
        assertThatExceptionOfType(BadSchema.class)
                .isThrownBy(() -> AvroText.read(text))
                .withMessageStartingWith("cannot read a schema at line")
                .withMessageContaining(words);
    }

    @Test
    void refusesWhatIsNestedWithoutAnEndAndWhatIsAbsurdlyLong() {
        String deep = "{\"type\":\"array\",\"items\":".repeat(10_000) + "\"int\"" + "}".repeat(10_000);
        String longest = "\"" + "x".repeat(AvroText.LONGEST) + "\"";

        assertThatExceptionOfType(BadSchema.class).isThrownBy(() -> AvroText.read(deep));
        assertThatExceptionOfType(BadSchema.class)
                .isThrownBy(() -> AvroText.readWritten(longest))
                .withMessageContaining("at most 1000000 characters");
    }

    @Test
    void readsWhatWasWrittenAlreadyWhateverItsDefaultsAre() throws BadSchema {
        Schema schema = AvroText.readWritten("""
                {"type": "record", "name": "a-b", "fields": [{"name": "c", "type": "int", "default": "x"}]}""");

        assertThat(schema.getFullName()).isEqualTo("a-b");
    }
}
