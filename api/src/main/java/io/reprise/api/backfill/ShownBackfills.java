package io.reprise.api.backfill;

import io.reprise.api.pipeline.CurrentPipelines;
import io.reprise.api.shared.Refused;
import io.reprise.db.backfill.Backfill;
import io.reprise.db.backfill.BackfillSlots;
import io.reprise.db.backfill.Backfills;
import io.reprise.db.backfill.SlotState;
import io.reprise.db.shared.PageRequest;
import java.util.List;
import java.util.Optional;

/** Shows backfills with how far they got. */
public final class ShownBackfills {

    private static final int FAILURES = 20;

    private final Backfills backfills;
    private final BackfillSlots slots;
    private final CurrentPipelines pipelines;

    public ShownBackfills(Backfills backfills, BackfillSlots slots, CurrentPipelines pipelines) {
        this.backfills = backfills;
        this.slots = slots;
        this.pipelines = pipelines;
    }

    Backfill find(String id) {
        return backfills.byId(id).orElseThrow(() -> Refused.notFound("a backfill", id));
    }

    BackfillView show(Backfill backfill) {
        return BackfillView.of(
                backfill,
                slots.progress(backfill.backfillId()),
                slots.page(backfill.backfillId(), Optional.of(SlotState.FAILED), PageRequest.first(FAILURES))
                        .items(),
                List.copyOf(pipelines.after(backfill.pipeline())));
    }
}
