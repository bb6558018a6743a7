package io.reprise.catalog.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.catalog.shared.Json;
import io.reprise.catalog.shared.RecordPath;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FoundRecordTest {

    @Test
    void aNumberIsHandedOnExactly() {
        assertThat(captured("7").outputs()).containsEntry("rows", 7L);
        assertThat(captured("0.5").outputs()).containsEntry("rows", new BigDecimal("0.5"));
        assertThat(captured("1e999999999").outputs()).containsEntry("rows", "1e999999999");
        assertThat(captured("1e2147483648").outputs()).doesNotContainValue(new BigDecimal("1"));
    }

    @Test
    void aNumberThatNothingHoldsIsUnusable() {
        assertThat(captured("1e99999999999").unusable())
                .hasValueSatisfying(why -> assertThat(why).contains("'rows'", "1e99999999999"));
    }

    private static FoundRecord captured(String written) {
        return FoundRecord.of("id", 0, 3, new Json.Numeral(written), Map.of("rows", RecordPath.of("$")));
    }
}
