package io.reprise.db.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UlidTest {

    private static final Instant LAST_MILLISECOND = Instant.parse("2026-11-19T23:59:59.999Z");

    @Test
    void carriesItsMillisecondAndItsDay() {
        Ulid id = Ulid.at(LAST_MILLISECOND, new Random(1));

        assertThat(id.instant()).isEqualTo(LAST_MILLISECOND);
        assertThat(id.day()).isEqualTo(LocalDate.parse("2026-11-19"));
        assertThat(id.value()).hasSize(26);
    }

    @Test
    void sortsByTime() {
        Ulid earlier = Ulid.at(LAST_MILLISECOND, new Random(2));
        Ulid later = Ulid.at(LAST_MILLISECOND.plusMillis(1), new Random(3));

        assertThat(earlier.value()).isLessThan(later.value());
        assertThat(Ulid.firstAt(LAST_MILLISECOND).value()).isLessThanOrEqualTo(earlier.value());
    }

    @Test
    void refusesWhatIsNone() {
        assertThatThrownBy(() -> new Ulid("o-1001")).hasMessageContaining("cannot use 'o-1001' as an id");
        assertThat(Ulid.isUlid("8ZZZZZZZZZZZZZZZZZZZZZZZZZ")).isFalse();
    }
}
