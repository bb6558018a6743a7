package io.reprise.activities.schedule;

import io.reprise.catalog.pipeline.BadParameters;
import io.reprise.catalog.pipeline.PipelineRequest;
import io.reprise.catalog.schedule.BadCron;
import io.reprise.catalog.schedule.Cron;
import io.reprise.db.run.Run;
import io.reprise.db.run.RunRef;
import io.reprise.db.schedule.Schedule;
import io.reprise.db.schedule.ScheduleTerms;
import io.reprise.db.schedule.Schedules;
import io.reprise.workflows.schedule.Launched;
import io.reprise.workflows.schedule.ScheduleSteps;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Launches slots as the ledger has their schedules, whatever Temporal still believes of them. */
public final class LedgerLauncher implements ScheduleSteps {

    /** What the runs of schedules have as their source. */
    public static final String SOURCE = "schedule";

    private final Schedules schedules;
    private final KnownPipelines pipelines;
    private final SlotAcceptance acceptance;
    private final SlotDigests digests;

    public LedgerLauncher(
            Schedules schedules, KnownPipelines pipelines, SlotAcceptance acceptance, SlotDigests digests) {
        this.schedules = schedules;
        this.pipelines = pipelines;
        this.acceptance = acceptance;
        this.digests = digests;
    }

    @Override
    public Launched launch(String pipeline, Instant firing) {
        Optional<Schedule> schedule = schedules.byPipeline(pipeline);
        Optional<KnownPipeline> known = pipelines.current(pipeline);
        if (schedule.isEmpty() || known.isEmpty()) {
            return Launched.nothing(pipeline, "no catalog has this schedule any more");
        }
        if (schedule.get().pause().isPresent()) {
            Schedule.Pause pause = schedule.get().pause().get();
            return Launched.nothing(
                    pipeline, "paused by " + pause.by() + " since " + pause.since() + ": " + pause.reason());
        }
        if (firing.isBefore(schedule.get().terms().startAt())) {
            return Launched.nothing(
                    pipeline, "begins at " + schedule.get().terms().startAt());
        }
        if (!isDue(schedule.get().terms(), firing)) {
            return Launched.nothing(
                    pipeline,
                    "is not due at " + firing + " (expected, for a start at any time: reprise schedule trigger)");
        }
        return launch(known.get(), firing);
    }

    /** Temporal fires in both of the hours that clocks show twice, and reads some expressions another way. */
    private static boolean isDue(ScheduleTerms terms, Instant firing) {
        try {
            return Cron.of(terms.cron(), terms.zone())
                    .between(firing, firing.plusMillis(1))
                    .findAny()
                    .isPresent();
        } catch (BadCron impossible) {
            throw new IllegalStateException("cron '" + terms.cron() + "' was checked when it was applied", impossible);
        }
    }

    /** Accepts the run of a firing, or finds the one that the slot has. */
    Launched launch(KnownPipeline known, Instant firing) {
        PipelineRequest request;
        try {
            request = PipelineRequest.ofFiring(known.definition(), firing, Map.of());
        } catch (BadParameters bad) {
            return Launched.nothing(known.name(), bad.getMessage() + " (expected: a default for each)");
        }
        Optional<Run> newest = acceptance.newest(request);
        if (newest.isPresent()) {
            return new Launched(
                    known.name(),
                    request.slotWithKeys(),
                    newest.get().ref().runId(),
                    "its slot has a run already: " + newest.get().word().text());
        }
        digests.note(known.definition(), request);
        RunRef run = acceptance.accept(request, known.hash(), 1, SOURCE);
        return new Launched(known.name(), request.slotWithKeys(), run.runId(), "accepted");
    }
}
