package io.reprise.api.backfill;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reprise.db.backfill.PlannedSlot;
import io.reprise.db.shared.PageRequest;
import java.util.List;
import java.util.Optional;

/**
 * What a backfill would do.
 *
 * @param words the bounds, said so that nobody wonders whether the last one is meant
 * @param downstream the pipelines that run after it, for each slot that is done
 * @param items some of the slots, in the order in which they would be run
 * @param next the cursor of the next ones
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record BackfillPlanView(
        String pipeline,
        String from,
        String to,
        String words,
        String policy,
        String order,
        int parallel,
        String definition,
        String definitionHash,
        List<String> steps,
        int slots,
        int toRun,
        int toLeave,
        List<String> downstream,
        List<PlannedSlot> items,
        Optional<String> next) {

    static BackfillPlanView of(PlannedBackfill plan, PageRequest page) {
        int from = (int) Math.min(page.cursor().orElse(0), plan.slots().size());
        int to = Math.min(from + page.size(), plan.slots().size());
        BackfillWish wish = plan.wish();
        return new BackfillPlanView(
                wish.pipeline().name(),
                wish.first(),
                wish.last(),
                wish.words(),
                wish.policy().word(),
                wish.order().word(),
                wish.parallel(),
                wish.definition().word(),
                wish.pipeline().hash(),
                wish.steps(),
                plan.slots().size(),
                plan.toRun(),
                plan.slots().size() - plan.toRun(),
                plan.downstream(),
                plan.slots().subList(from, to),
                to < plan.slots().size() ? Optional.of(Integer.toString(to)) : Optional.empty());
    }
}
