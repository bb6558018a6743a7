package io.reprise.api.trigger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reprise.db.trigger.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A partition as the trigger's reader saw it last.
 *
 * @param start the first offset that Kafka still has
 * @param end the offset after its last record
 * @param committed what Kafka was told; empty where it was told nothing
 */
record ReportedPartition(int partition, long position, long start, long end, OptionalLong committed) {

    private static final JsonMapper JSON = new JsonMapper();

    static List<ReportedPartition> of(Subscription trigger) {
        List<ReportedPartition> partitions = new ArrayList<>();
        try {
            for (JsonNode it : JSON.readTree(trigger.lag())) {
                JsonNode committed = it.path("committed");
                partitions.add(new ReportedPartition(
                        it.path("partition").asInt(),
                        it.path("position").asLong(),
                        it.path("start").asLong(),
                        it.path("end").asLong(),
                        committed.isNumber() ? OptionalLong.of(committed.asLong()) : OptionalLong.empty()));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot read what was reported as JSON: " + trigger.lag(), e);
        }
        return partitions;
    }
}
