package io.reprise.activities.schedule;

import io.reprise.catalog.pipeline.HookAction;
import io.reprise.db.run.Run;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A slot that is not done by the hour that its pipeline promises.
 *
 * @param newest of its runs; empty where it was not started
 */
public record BrokenPromise(String pipeline, String slot, Instant due, Optional<Run> newest, List<HookAction> actions) {

    public BrokenPromise {
        actions = List.copyOf(actions);
    }

    public String words() {
        return pipeline + " " + slot + " is "
                + newest.map(run -> run.word().text()).orElse("not started") + " and was promised by " + due;
    }
}
