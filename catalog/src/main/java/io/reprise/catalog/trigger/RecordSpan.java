package io.reprise.catalog.trigger;

import io.reprise.workflows.run.Name;

/**
 * The records of one partition that make one run.
 *
 * @param first of them
 * @param lastOffset of the last of them
 * @param records how many they are: there may be gaps
 */
public record RecordSpan(RecordPlace first, long lastOffset, int records) {

    public static RecordSpan of(RecordPlace only) {
        return new RecordSpan(only, only.offset(), 1);
    }

    /** The identity of the run where no record says another: the same records are the same run of a trigger. */
    String id(Name trigger) {
        String last = lastOffset == first.offset() ? "" : "-" + lastOffset;
        return trigger + ":" + first.topicId().replace('~', '.') + ":" + first.partition() + ":" + first.offset()
                + last;
    }
}
