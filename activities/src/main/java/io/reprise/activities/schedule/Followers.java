package io.reprise.activities.schedule;

import io.reprise.catalog.pipeline.AfterDefinition;
import io.reprise.catalog.pipeline.BadParameters;
import io.reprise.catalog.pipeline.PipelineRequest;
import io.reprise.catalog.schedule.BadSlot;
import io.reprise.catalog.schedule.SlotCalendar;
import io.reprise.db.run.Run;
import io.reprise.db.run.Runs;
import io.reprise.db.schedule.SlotFollowers;
import io.reprise.db.shared.NamedPageRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts slots of pipelines that run after others, once the same slot of all of them is done; again, as the next generation,
 * where one of them was restated since. Every run of the others is accounted for. For one thread.
 */
public final class Followers {

    private static final Logger LOG = LoggerFactory.getLogger(Followers.class);
    private static final int AT_ONCE = 200;
    private static final int PAGES_AT_ONCE = 10;
    private static final int KEYS_AT_ONCE = 500;

    private final SlotFollowers followers;
    private final Runs runs;
    private final SlotAcceptance acceptance;
    private final Map<Pair, FollowedRuns> followed = new HashMap<>();

    private record Pair(String pipeline, String other) {}

    public Followers(SlotFollowers followers, Runs runs, SlotAcceptance acceptance) {
        this.followers = followers;
        this.runs = runs;
        this.acceptance = acceptance;
    }

    /** Follows each pipeline that this one runs after; answers whether there is more at once. */
    public boolean follow(KnownPipeline pipeline, Instant now) {
        boolean more = false;
        for (AfterDefinition after : pipeline.definition().after()) {
            more |= follow(pipeline, after, now);
        }
        return more;
    }

    private boolean follow(KnownPipeline pipeline, AfterDefinition after, Instant now) {
        FollowedRuns followed = followed(pipeline.name(), after.pipeline());
        boolean more = seeNew(followed, after.pipeline(), now);
        List<Run> ended = runs.ended(after.pipeline(), followed.due(now), AT_ONCE);
        for (Run run : ended) {
            if (accountFor(pipeline, run)) {
                followed.accountedFor(run);
            } else {
                followed.askAgain(run, now);
            }
        }
        mark(pipeline.name(), after.pipeline(), followed, now);
        return more || ended.size() == AT_ONCE;
    }

    private FollowedRuns followed(String pipeline, String other) {
        return followed.computeIfAbsent(
                new Pair(pipeline, other), _ -> new FollowedRuns(followers.seen(pipeline, other)));
    }

    /** Answers whether there are more that can be seen at once. */
    private boolean seeNew(FollowedRuns followed, String other, Instant now) {
        long begin = followed.passed();
        long from = begin;
        for (int page = 0; page < PAGES_AT_ONCE; page++) {
            List<Run> next = runs.following(other, from, AT_ONCE);
            next.stream().filter(run -> !followed.hasSeen(run)).forEach(followed::seen);
            if (next.size() < AT_ONCE) {
                return false;
            }
            from = next.getLast().seq();
        }
        followed.settle(now);
        return followed.passed() > begin;
    }

    private void mark(String pipeline, String other, FollowedRuns followed, Instant now) {
        long accounted = followed.settle(now);
        if (accounted <= followed.marked()) {
            return;
        }
        boolean moved = followers.moved(pipeline, other, followed.marked(), accounted);
        followed.marked(moved ? accounted : followers.seen(pipeline, other));
    }

    /** Answers false where it has to be asked again later. */
    private boolean accountFor(KnownPipeline pipeline, Run run) {
        Optional<SlotCalendar> calendar = pipeline.definition().slot();
        if (run.slot().isEmpty() || calendar.isEmpty()) {
            return true;
        }
        String slot = run.slot().get().replaceFirst(",.*", "");
        try {
            PipelineRequest request =
                    PipelineRequest.ofSlot(pipeline.definition(), calendar.get().named(slot), parameters(pipeline));
            return accountFor(pipeline, request, slot);
        } catch (BadSlot | BadParameters cannot) {
            LOG.warn("{} cannot run after {}: {}", pipeline.name(), run.ref().workflowId(), cannot.getMessage());
            return true;
        }
    }

    private boolean accountFor(KnownPipeline pipeline, PipelineRequest request, String slot) {
        List<Run> followed = new ArrayList<>();
        for (AfterDefinition after : pipeline.definition().after()) {
            List<Run> newest = runs.ofSlots(after.pipeline(), slot, slot + "-", NamedPageRequest.first(KEYS_AT_ONCE))
                    .items();
            if (newest.isEmpty()) {
                return true;
            }
            followed.addAll(newest);
        }
        FollowChoice choice = FollowChoice.by(followed, acceptance.newest(request));
        if (choice.run()) {
            acceptance.accept(
                    request,
                    pipeline.hash(),
                    choice.generation(),
                    "after/" + pipeline.definition().after().getFirst().pipeline());
        }
        return choice.settled();
    }

    /** What a run is given that follows others. */
    static Map<String, Object> parameters(KnownPipeline pipeline) {
        Map<String, Object> parameters = new TreeMap<>();
        pipeline.definition().after().forEach(after -> parameters.putAll(after.parameters()));
        return parameters;
    }
}
