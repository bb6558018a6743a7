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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts slots of pipelines that run after others, once the same slot of all of them is done; again, as the next generation,
 * where one of them was restated since. Every run of the others is accounted for, in the order of acceptance.
 */
public final class Followers {

    private static final Logger LOG = LoggerFactory.getLogger(Followers.class);
    // Runs may become visible a little out of order.
    private static final Duration SETTLED = Duration.ofSeconds(30);
    private static final int AT_ONCE = 200;
    private static final int KEYS_AT_ONCE = 500;

    private final SlotFollowers followers;
    private final Runs runs;
    private final SlotAcceptance acceptance;

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
        long seen = followers.seen(pipeline.name(), after.pipeline());
        long accounted = seen;
        boolean inOrder = true;
        List<Run> next = runs.following(after.pipeline(), seen, AT_ONCE);
        for (Run run : next) {
            boolean done = run.isEnded() && accountFor(pipeline, run);
            inOrder &= done && run.acceptedAt().plus(SETTLED).isBefore(now);
            accounted = inOrder ? run.seq() : accounted;
        }
        if (accounted > seen) {
            followers.moved(pipeline.name(), after.pipeline(), seen, accounted);
        }
        return inOrder && next.size() == AT_ONCE;
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

    private static Map<String, Object> parameters(KnownPipeline pipeline) {
        Map<String, Object> parameters = new TreeMap<>();
        pipeline.definition().after().forEach(after -> parameters.putAll(after.parameters()));
        return parameters;
    }
}
