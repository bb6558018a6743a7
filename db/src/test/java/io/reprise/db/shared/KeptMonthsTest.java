package io.reprise.db.shared;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.db.shared.KeptMonths.Days;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptMonthsTest {

    private final KeptMonths kept = new KeptMonths(day("2026-08-01"), List.of(day("2026-03-01"), day("2026-01-01")));

    @Test
    void includeAllFromOneMonthOnAndThoseThatAreHeld() {
        assertThat(kept.include(day("2026-11-21"))).isTrue();
        assertThat(kept.include(day("2026-08-01"))).isTrue();
        assertThat(kept.include(day("2026-07-31"))).isFalse();
        assertThat(kept.include(day("2026-03-31"))).isTrue();
        assertThat(kept.include(day("2026-02-28"))).isFalse();
    }

    @Test
    void forgetTheDaysBetweenThem() {
        assertThat(kept.forgottenBefore(day("2026-07-01")))
                .containsExactly(
                        new Days(LocalDate.EPOCH, day("2026-01-01")),
                        new Days(day("2026-02-01"), day("2026-03-01")),
                        new Days(day("2026-04-01"), day("2026-07-01")));
        assertThat(kept.forgottenBefore(day("2026-03-01")))
                .containsExactly(
                        new Days(LocalDate.EPOCH, day("2026-01-01")), new Days(day("2026-02-01"), day("2026-03-01")));
    }

    private static LocalDate day(String text) {
        return LocalDate.parse(text);
    }
}
