package io.reprise.catalog.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaEvolutionTest {

    private static final SchemaVersion FIRST = new SchemaVersion(1, ContractsOnDisk.FIRST);

    @Test
    void addsRemovesAndRenames() throws BadSchema {
        String text = SchemaEvolution.from(FIRST)
                .rename("eventId=id")
                .remove("amount")
                .add("note:string=none")
                .add("weight:double?")
                .add("price:decimal(9,2)?")
                .add("day:date=0")
                .text();

        Schema schema = AvroText.read(text);

        assertThat(FieldList.of(schema))
                .extracting(field -> field.path() + ": " + field.words())
                .containsExactly(
                        "id: string",
                        "occurredAt: long (timestamp-millis)",
                        "note: string = \"none\"",
                        "weight: null | double = null",
                        "price: null | bytes (decimal 9,2) = null",
                        "day: int (date) = 0");
        assertThat(schema.getField("id").aliases()).containsExactly("eventId");
        assertThat(FieldList.between(FIRST.schema(), schema))
                .contains(new FieldList.Change("eventId", Optional.of("string"), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            add    | note                | cannot add 'note' (expected: name:type or name:type=default, such as note:string=)
            add    | 1a:int              | cannot add '1a:int' (expected: name:type
            add    | amount:int          | cannot add 'amount', which is there (expected: the name of a new field)
            add    | note:text           | cannot add a field of type 'text' (expected: one of string, bytes
            add    | n:int=[             | cannot take '[' for a default (expected: a int)
            remove | amont               | cannot remove the unknown field 'amont' (expected: one of eventId, occurredAt, amount; nearest: amount)
            rename | amount              | cannot rename 'amount' (expected: old=new)
            rename | amont=x             | cannot rename the unknown field 'amont'
            rename | amount=eventId      | cannot rename 'amount' to 'eventId', which is there (expected: a new name)
            """)
    void refusesAWishThatCannotBeMet(String verb, String wish, String words) {
        SchemaEvolution evolution = SchemaEvolution.from(FIRST);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> {
                    switch (verb) {
                        case "add" -> evolution.add(wish);
                        case "remove" -> evolution.remove(wish);
                        default -> evolution.rename(wish);
                    }
                })
                .withMessageStartingWith(words);
    }
}
