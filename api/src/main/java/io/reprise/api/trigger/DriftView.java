package io.reprise.api.trigger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * What Kafka and the ledger say of a trigger's records, held against each other.
 *
 * @param agrees whether nothing needs a look
 * @param runsMissing records of the last week that became runs which the ledger does not have
 */
public record DriftView(String trigger, boolean agrees, int runsMissing, List<Partition> partitions) {

    public DriftView {
        partitions = List.copyOf(partitions);
    }

    /**
     * One partition.
     *
     * @param committed what Kafka was told
     * @param lastRun offset of the last record that became a run
     * @param deadLetters that wait for a decision
     * @param finding what disagrees, in words
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Partition(
            int partition,
            long position,
            long start,
            long end,
            Optional<Long> committed,
            Optional<Long> lastRun,
            int deadLetters,
            Optional<String> finding) {}
}
