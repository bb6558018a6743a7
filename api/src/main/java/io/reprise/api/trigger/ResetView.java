package io.reprise.api.trigger;

import java.util.List;

/**
 * What setting a trigger to other places would do, or did.
 *
 * @param done false for a plan
 */
public record ResetView(String trigger, boolean done, List<Partition> partitions) {

    public ResetView {
        partitions = List.copyOf(partitions);
    }

    /**
     * One partition, in offsets; not each need be a record.
     *
     * @param again how many would be read again
     * @param known how many of those started runs before, and start nothing now
     * @param skipped how many would never be read
     */
    public record Partition(int partition, long position, long to, long again, int known, long skipped) {}
}
