package io.reprise.api.backfill;

import io.reprise.db.backfill.DefinitionRule;
import io.reprise.db.backfill.NewBackfill;
import io.reprise.db.backfill.PlannedSlot;
import java.util.List;
import java.util.Optional;

/**
 * A backfill before it is started.
 *
 * @param slots in the order in which they are run
 * @param downstream the pipelines that run after it
 */
record PlannedBackfill(BackfillWish wish, List<PlannedSlot> slots, List<String> downstream) {

    PlannedBackfill {
        slots = List.copyOf(slots);
        downstream = List.copyOf(downstream);
    }

    int toRun() {
        return (int) slots.stream().filter(PlannedSlot::run).count();
    }

    NewBackfill asked(String by) {
        return new NewBackfill(
                wish.pipeline().name(),
                wish.first(),
                wish.last(),
                wish.policy(),
                wish.order(),
                wish.parallel(),
                wish.definition(),
                wish.definition() == DefinitionRule.CURRENT
                        ? Optional.of(wish.pipeline().hash())
                        : Optional.empty(),
                wish.parameters(),
                wish.steps(),
                by);
    }
}
