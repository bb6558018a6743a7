package io.reprise.catalog.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordFilterTest {

    @ParameterizedTest
    @ValueSource(strings = {"7", "7.0", "70e-1", "0.7E1"})
    void aNumberIsEqualHoweverItIsWritten(String written) throws MalformedJson {
        assertThat(rowsAre(7).lets(rows(written))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "-1e99999999999", "1e-99999999999", "1e2147483647", "7e-2147483647"})
    void aNumberThatNothingHoldsIsEqualToNone(String written) throws MalformedJson {
        assertThat(rowsAre(7).lets(rows(written))).isFalse();
    }

    @Test
    void aHugeNumberIsComparedWithoutBeingWrittenOut() throws MalformedJson {
        RecordFilter huge = rowsAre(new BigDecimal("1e999999999"));

        assertThat(huge.lets(rows("10e999999998"))).isTrue();
        assertThat(huge.lets(rows("10e999999999"))).isFalse();
    }

    private static RecordFilter rowsAre(Number wanted) {
        return new RecordFilter(RecordPath.of("$.rows"), List.of(wanted), Optional.empty(), Optional.empty());
    }

    private static Json rows(String written) throws MalformedJson {
        return JsonText.read(("{\"rows\":" + written + "}").getBytes(StandardCharsets.UTF_8));
    }
}
