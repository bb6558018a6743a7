package io.reprise.activities.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.activities.contract.SchemaReference.ByGuid;
import io.reprise.activities.contract.SchemaReference.ById;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireFormatTest {

    private static final String GUID = "0123456789abcdef8899aabbccddeeff";
    private static final UUID AS_UUID = UUID.fromString("01234567-89ab-cdef-8899-aabbccddeeff");

    @Test
    void readsAnIdBeforeTheValue() {
        assertThat(WireFormat.read(bytes("0000000102cafe"), Optional.empty()))
                .isEqualTo(new Framing.Framed(new ById(258), 5));
    }

    @Test
    void readsAGuidBeforeTheValue() {
        assertThat(WireFormat.read(bytes("01" + GUID + "cafe"), Optional.empty()))
                .isEqualTo(new Framing.Framed(new ByGuid(AS_UUID), 17));
    }

    @Test
    void aHeaderWinsAndTheValueHasNothingBeforeIt() {
        assertThat(WireFormat.read(bytes("00cafe"), Optional.of(bytes("01" + GUID))))
                .isEqualTo(new Framing.Framed(new ByGuid(AS_UUID), 0));
        assertThat(WireFormat.read(bytes(""), Optional.of(bytes("0000000007"))))
                .isEqualTo(new Framing.Framed(new ById(7), 0));
    }

    @Test
    void whatItWritesItReads() {
        for (SchemaReference reference : new SchemaReference[] {new ById(-1), new ById(0), new ByGuid(AS_UUID)}) {
            byte[] framed = WireFormat.frame(reference, bytes("cafe"));

            Framing read = WireFormat.read(framed, Optional.empty());

            assertThat(read).isEqualTo(new Framing.Framed(reference, framed.length - 2));
            assertThat(WireFormat.read(bytes("cafe"), Optional.of(WireFormat.prefix(reference))))
                    .isEqualTo(new Framing.Framed(reference, 0));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            ''         | found nothing in the value (expected: a magic byte, 0 or 1)
            00         | found magic byte 0 and 0 bytes in the value (expected: at least 4 behind it)
            00000001   | found magic byte 0 and 3 bytes in the value (expected: at least 4 behind it)
            01cafe     | found magic byte 1 and 2 bytes in the value (expected: at least 16 behind it)
            7b2261223a | found magic byte 123 in the value (expected: 0 before a schema id, or 1 before a guid)
            ff00000001 | found magic byte 255 in the value (expected: 0 before a schema id, or 1 before a guid)
            """)
    void tellsWhyAValueNamesNoSchema(String value, String words) {
        assertThat(WireFormat.read(bytes(value), Optional.empty())).isEqualTo(new Framing.Unframed(words));
    }

    @Test
    void refusesAHeaderThatIsLongerThanAName() {
        assertThat(WireFormat.read(bytes("cafe"), Optional.of(bytes("0000000007ff"))))
                .isEqualTo(new Framing.Unframed("found a header of 6 bytes (expected: 5 bytes, for it begins with 0)"));
        assertThat(WireFormat.read(bytes("cafe"), Optional.of(bytes(""))))
                .isEqualTo(new Framing.Unframed("found nothing in the header (expected: a magic byte, 0 or 1)"));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
