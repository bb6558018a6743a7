package io.reprise.api.backfill;

import io.reprise.api.pipeline.CurrentPipelines;
import io.reprise.catalog.pipeline.PipelineRequest;
import io.reprise.db.backfill.PlannedSlot;
import io.reprise.db.backfill.SlotOrder;
import io.reprise.db.run.Run;
import io.reprise.db.run.Runs;
import io.reprise.db.shared.NamedPage;
import io.reprise.db.shared.NamedPageRequest;
import io.reprise.db.shared.Page;
import io.reprise.workflows.backfill.SlotChoice;
import io.reprise.workflows.backfill.SlotStanding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans backfills: what the ledger has of each slot, and what will be done about it. */
public final class BackfillPlanner {

    private final Runs runs;
    private final CurrentPipelines pipelines;

    public BackfillPlanner(Runs runs, CurrentPipelines pipelines) {
        this.runs = runs;
        this.pipelines = pipelines;
    }

    PlannedBackfill plan(BackfillWish wish) {
        Map<String, Run> newest = newest(wish);
        List<PlannedSlot> slots = new ArrayList<>();
        for (PipelineRequest request : wish.requests()) {
            String slot = request.slotWithKeys();
            SlotChoice choice = SlotChoice.by(
                    wish.policy(), Optional.ofNullable(newest.get(slot)).map(BackfillPlanner::standing));
            slots.add(new PlannedSlot(slot, choice.run(), choice.why()));
        }
        if (wish.order() == SlotOrder.NEWEST) {
            Collections.reverse(slots);
        }
        return new PlannedBackfill(
                wish, slots, List.copyOf(pipelines.after(wish.pipeline().name())));
    }

    private Map<String, Run> newest(BackfillWish wish) {
        String pipeline = wish.pipeline().name();
        String from = wish.requests().getFirst().slotWithKeys();
        String before = wish.requests().getLast().slotWithKeys() + "-";
        Map<String, Run> newest = new HashMap<>();
        Optional<NamedPageRequest> next = Optional.of(NamedPageRequest.first(Page.MOST));
        while (next.isPresent()) {
            NamedPageRequest request = next.get();
            NamedPage<Run> page = runs.ofSlots(pipeline, from, before, request);
            page.items().forEach(run -> newest.put(run.slot().orElseThrow(), run));
            next = page.next().map(request::after);
        }
        return newest;
    }

    private static SlotStanding standing(Run run) {
        return new SlotStanding(run.ref().workflowId(), run.ref().runId(), run.forward(), run.compensation());
    }
}
