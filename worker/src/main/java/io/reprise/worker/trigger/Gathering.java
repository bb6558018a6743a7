package io.reprise.worker.trigger;

import io.reprise.catalog.trigger.Batching;
import io.reprise.db.trigger.TriggerRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Records that wait for others of their partition to share a run with. They are not accepted yet: lost, they are read again. */
final class Gathering {

    /** A filter may let few records through, and what lies between them waits too. */
    private static final int MOST_WAITING = 5_000;

    private final Map<TopicPartition, Waiting> waiting = new HashMap<>();

    /** Of one partition, since the first record that asks for a run. */
    private static final class Waiting {

        private final List<TriggerRecord> records = new ArrayList<>();
        private int starts;
        private long since = System.nanoTime();

        void add(TriggerRecord record) {
            records.add(record);
            if (record instanceof TriggerRecord.Start && ++starts == 1) {
                since = System.nanoTime();
            }
        }
    }

    /** Adds records as they were read. Answers those that need not wait for more, in their order. */
    List<List<TriggerRecord>> add(TopicPartition partition, List<TriggerRecord> read, Batching batching) {
        if (!batching.sharesRuns()) {
            return List.of(read);
        }
        List<List<TriggerRecord>> complete = new ArrayList<>();
        for (TriggerRecord record : read) {
            Waiting before = waiting.computeIfAbsent(partition, any -> new Waiting());
            before.add(record);
            if (before.starts == batching.records() || before.records.size() == MOST_WAITING) {
                complete.add(take(partition));
            }
        }
        Waiting rest = waiting.get(partition);
        if (rest != null && rest.starts == 0) {
            complete.add(take(partition));
        }
        return complete;
    }

    /** The partitions whose records have waited long enough. */
    List<TopicPartition> due(Batching batching) {
        long now = System.nanoTime();
        return waiting.entrySet().stream()
                .filter(it -> now - it.getValue().since >= batching.within().toNanos())
                .map(Map.Entry::getKey)
                .toList();
    }

    List<TriggerRecord> take(TopicPartition partition) {
        Waiting taken = waiting.remove(partition);
        return taken == null ? List.of() : taken.records;
    }

    Set<TopicPartition> partitions() {
        return Set.copyOf(waiting.keySet());
    }

    void forget(Collection<TopicPartition> partitions) {
        waiting.keySet().removeAll(partitions);
    }
}
