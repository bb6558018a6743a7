package io.reprise.worker.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PartitionLogTest {

    private static final OptionalLong EIGHT = OptionalLong.of(8);

    @Test
    void isReadFromTheRecordThatWasAcceptedLast() {
        assertThat(new PartitionLog(0, 12).of(10, EIGHT)).isEqualTo(new PartitionLog.Verdict.GoesOn(8));
        assertThat(new PartitionLog(8, 10).of(10, EIGHT)).isEqualTo(new PartitionLog.Verdict.GoesOn(8));
    }

    @Test
    void isReadFromThePositionWhereThatRecordIsGoneOrUnknown() {
        assertThat(new PartitionLog(9, 12).of(10, EIGHT)).isEqualTo(new PartitionLog.Verdict.GoesOn(10));
        assertThat(new PartitionLog(0, 12).of(10, OptionalLong.empty())).isEqualTo(new PartitionLog.Verdict.GoesOn(10));
    }

    @Test
    void hasLostWhatLiesBetweenThePositionAndItsStart() {
        assertThat(new PartitionLog(10, 30).of(10, EIGHT)).isEqualTo(new PartitionLog.Verdict.GoesOn(10));
        assertThat(new PartitionLog(25, 30).of(10, EIGHT)).isEqualTo(new PartitionLog.Verdict.Lost(10, 25));
    }

    @Test
    void contradictsAPositionBehindItsEnd() {
        assertThat(new PartitionLog(0, 9).of(10, EIGHT))
                .asInstanceOf(type(PartitionLog.Verdict.Contradicts.class))
                .satisfies(found -> assertThat(found.why()).contains("ends at offset 9", "up to offset 9"));
    }
}
