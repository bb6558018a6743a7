package io.reprise.worker.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.reprise.db.trigger.Position;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PartitionLogTest {

    private static final Position AT_TEN = new Position(10, Optional.of(new Position.Last(8, "digest")));

    @Test
    void isReadFromTheRecordThatWasAcceptedLast() {
        assertThat(new PartitionLog(0, 12).of(AT_TEN)).isEqualTo(new PartitionLog.Verdict.GoesOn(8));
        assertThat(new PartitionLog(8, 10).of(AT_TEN)).isEqualTo(new PartitionLog.Verdict.GoesOn(8));
    }

    @Test
    void isReadFromThePositionWhereThatRecordIsGoneOrUnknown() {
        assertThat(new PartitionLog(9, 12).of(AT_TEN)).isEqualTo(new PartitionLog.Verdict.GoesOn(10));
        assertThat(new PartitionLog(0, 12).of(new Position(10, Optional.empty())))
                .isEqualTo(new PartitionLog.Verdict.GoesOn(10));
    }

    @Test
    void hasLostWhatLiesBetweenThePositionAndItsStart() {
        assertThat(new PartitionLog(10, 30).of(AT_TEN)).isEqualTo(new PartitionLog.Verdict.GoesOn(10));
        assertThat(new PartitionLog(25, 30).of(AT_TEN)).isEqualTo(new PartitionLog.Verdict.Lost(10, 25));
    }

    @Test
    void contradictsAPositionBehindItsEnd() {
        assertThat(new PartitionLog(0, 9).of(AT_TEN))
                .asInstanceOf(type(PartitionLog.Verdict.Contradicts.class))
                .satisfies(found -> assertThat(found.why()).contains("ends at offset 9", "up to offset 9"));
    }
}
