package io.reprise.api.backfill;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.reprise.db.backfill.Backfill;
import io.reprise.db.backfill.BackfillProgress;
import io.reprise.db.backfill.BackfillSlot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A backfill, with how far it got.
 *
 * @param state RUNNING, PAUSED, CANCELLED or DONE
 * @param secondsLeft how long the rest takes if it goes on as it went; absent until one more slot has ended
 * @param failures the first slots that failed
 * @param downstream the pipelines that run after it
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record BackfillView(
        String id,
        String pipeline,
        String from,
        String to,
        String words,
        String policy,
        String order,
        int parallel,
        String definition,
        Optional<String> definitionHash,
        @JsonRawValue String parameters,
        List<String> steps,
        String state,
        Optional<String> reason,
        String createdBy,
        Instant createdAt,
        Instant updatedAt,
        Optional<Instant> endedAt,
        Counts slots,
        Optional<Long> secondsLeft,
        List<Slot> failures,
        List<String> downstream) {

    /** How many slots are at what. */
    public record Counts(int all, int planned, int running, int done, int failed, int cancelled, int skipped) {

        static Counts of(BackfillProgress progress) {
            return new Counts(
                    progress.all(),
                    progress.planned(),
                    progress.running(),
                    progress.done(),
                    progress.failed(),
                    progress.cancelled(),
                    progress.skipped());
        }
    }

    /** A slot of it. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Slot(
            String slot,
            int place,
            String state,
            String why,
            Optional<String> runId,
            Optional<String> error,
            Optional<Instant> startedAt,
            Optional<Instant> endedAt) {

        static Slot of(BackfillSlot slot) {
            return new Slot(
                    slot.slot(),
                    slot.place(),
                    slot.state().name(),
                    slot.why(),
                    slot.runId(),
                    slot.error(),
                    slot.startedAt(),
                    slot.endedAt());
        }
    }

    static BackfillView of(
            Backfill backfill, BackfillProgress progress, List<BackfillSlot> failures, List<String> downstream) {
        return new BackfillView(
                backfill.backfillId(),
                backfill.pipeline(),
                backfill.fromSlot(),
                backfill.toSlot(),
                BackfillWish.words(backfill.fromSlot(), backfill.toSlot(), progress.all()),
                backfill.policy().word(),
                backfill.order().word(),
                backfill.parallel(),
                backfill.definitionRule().word(),
                backfill.definition(),
                backfill.parameters(),
                backfill.steps(),
                backfill.state().name(),
                backfill.reason(),
                backfill.createdBy(),
                backfill.createdAt(),
                backfill.updatedAt(),
                backfill.endedAt(),
                Counts.of(progress),
                backfill.state().isEnded() ? Optional.empty() : progress.left().map(left -> left.toSeconds()),
                failures.stream().map(Slot::of).toList(),
                downstream);
    }
}
