package io.reprise.activities.stream;

import io.reprise.catalog.stream.StreamDefinition;
import java.time.Duration;

/**
 * When a day is taken for complete, and what happens to records of it that come afterwards.
 *
 * @param after how long after its end, by the time of events, a day is still waited for
 */
public record LateRule(Duration after, Policy policy) {

    public static LateRule of(StreamDefinition stream) {
        return new LateRule(
                stream.lateAfter(),
                switch (stream.late()) {
                    case MARK_DAY -> Policy.MARK_DAY;
                    case SIDE_TABLE -> Policy.SIDE_TABLE;
                    case DROP_COUNTED -> Policy.DROP_COUNTED;
                });
    }

    /** What happens to them. */
    public enum Policy {
        /** They are loaded, and the day is marked so that what was made of it is made anew. */
        MARK_DAY,
        /** They go to a table of their own. */
        SIDE_TABLE,
        /** They are counted. */
        DROP_COUNTED;

        Fate fate() {
            return switch (this) {
                case MARK_DAY -> Fate.LATE;
                case SIDE_TABLE -> Fate.ASIDE;
                case DROP_COUNTED -> Fate.DROPPED;
            };
        }
    }
}
