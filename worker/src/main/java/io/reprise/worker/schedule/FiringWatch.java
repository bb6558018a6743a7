package io.reprise.worker.schedule;

import io.grpc.StatusRuntimeException;
import io.reprise.db.schedule.Schedule;
import io.reprise.db.schedule.ScheduleTerms;
import io.reprise.db.schedule.Schedules;
import io.reprise.worker.shared.Every;
import io.temporal.failure.TemporalException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that Temporal fires what the ledger has: at once what has changed, and all of it from time to time. */
final class FiringWatch {

    private static final Logger LOG = LoggerFactory.getLogger(FiringWatch.class);

    private static final Duration AWAY = Duration.ofSeconds(10);

    private final TemporalSchedules temporal;
    private final Schedules schedules;
    private final Every all = new Every(Duration.ofMinutes(1));
    private final Map<String, Standing> kept = new HashMap<>();
    private Every next = new Every(Duration.ZERO);

    /** What of a schedule Temporal has to know. */
    private record Standing(ScheduleTerms terms, boolean paused) {}

    FiringWatch(TemporalSchedules temporal, Schedules schedules) {
        this.temporal = temporal;
        this.schedules = schedules;
    }

    void keep(List<Schedule> wanted) {
        if (!next.isDue()) {
            return;
        }
        boolean comparesAll = all.isDue();
        if (comparesAll) {
            kept.clear();
        }
        Set<String> pipelines = wanted.stream().map(Schedule::pipeline).collect(Collectors.toCollection(TreeSet::new));
        try {
            wanted.forEach(this::keep);
            if (comparesAll || !pipelines.containsAll(kept.keySet())) {
                temporal.removeOthers(pipelines);
                kept.keySet().retainAll(pipelines);
            }
            next = new Every(Duration.ZERO);
        } catch (TemporalException | StatusRuntimeException away) {
            next = later();
            LOG.warn(
                    "Temporal's schedules could not be compared with the ledger's; tried again in {}: {}",
                    AWAY,
                    away.toString());
        }
    }

    private static Every later() {
        Every later = new Every(AWAY);
        later.isDue();
        return later;
    }

    private void keep(Schedule schedule) {
        Standing standing = new Standing(schedule.terms(), schedule.pause().isPresent());
        if (standing.equals(kept.get(schedule.pipeline()))) {
            return;
        }
        Optional<String> why = temporal.keep(schedule);
        if (!why.equals(schedule.refused())) {
            why.ifPresent(words -> LOG.warn("The schedule of {} is refused: {}", schedule.pipeline(), words));
            schedules.refused(schedule.pipeline(), why);
        }
        kept.put(schedule.pipeline(), standing);
    }
}
