package io.reprise.db.run;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How many runs may be open at once, and in which order they are.
 *
 * @param group the runs among which a run is counted, such as those of its pipeline
 * @param groupOpen how many of them may be open at once
 * @param key the runs among which it is counted besides, such as those of its pipeline and region
 * @param keyOpen how many of those may be open at once
 * @param turn its slot, where it waits until those of earlier slots of its key ended
 */
public record RunBounds(String group, OptionalInt groupOpen, String key, OptionalInt keyOpen, Optional<String> turn) {

    public RunBounds {
        if (groupOpen.orElse(1) < 1 || keyOpen.orElse(1) < 1) {
            throw new IllegalArgumentException("cannot bound the open runs of " + key + " by " + groupOpen + " and "
                    + keyOpen + " (expected: 1 or more)");
        }
        if (turn.isPresent() && turn.get().isEmpty()) {
            throw new IllegalArgumentException(
                    "cannot give a run of " + key + " an empty turn (expected: the name of its slot)");
        }
    }
}
