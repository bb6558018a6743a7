package io.reprise.api.backfill;

import io.reprise.api.pipeline.CurrentPipeline;
import io.reprise.catalog.pipeline.PipelineRequest;
import io.reprise.db.backfill.DefinitionRule;
import io.reprise.db.backfill.SlotOrder;
import io.reprise.workflows.backfill.Policy;
import java.util.List;

/**
 * A backfill that somebody asks for, read and checked.
 *
 * @param parameters what all runs are given, as a JSON object
 * @param requests one for each slot, the oldest first; at least one
 * @param confirmed whether a large one is meant
 */
record BackfillWish(
        CurrentPipeline pipeline,
        String parameters,
        List<PipelineRequest> requests,
        Policy policy,
        SlotOrder order,
        int parallel,
        DefinitionRule definition,
        List<String> steps,
        boolean confirmed) {

    BackfillWish {
        requests = List.copyOf(requests);
        steps = List.copyOf(steps);
    }

    String first() {
        return requests.getFirst().time().orElseThrow();
    }

    String last() {
        return requests.getLast().time().orElseThrow();
    }

    /** The bounds, so that nobody wonders whether the last one is meant. */
    String words() {
        return words(first(), last(), requests.size());
    }

    static String words(String first, String last, int slots) {
        return "from " + first + " to " + last + ", both included: " + slots + (slots == 1 ? " slot" : " slots");
    }
}
