package io.reprise.db.run;

import io.reprise.workflows.run.RunInput;
import java.util.Set;

/**
 * Another definition for the next generation of a run.
 *
 * @param input what a run of it is accepted with, for the same slot and with the same parameters
 * @param definition its hash
 * @param unchanged ids of the steps that do the same by both
 */
public record Renewal(RunInput input, String definition, Set<String> unchanged) {

    public Renewal {
        unchanged = Set.copyOf(unchanged);
    }
}
