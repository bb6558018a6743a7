package io.reprise.activities.schedule;

import io.reprise.catalog.pipeline.InputDefinition;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.pipeline.PipelineRequest;
import io.reprise.db.schedule.SlotInput;
import io.reprise.db.schedule.SlotInputs;
import io.reprise.db.shared.NamedPage;
import io.reprise.db.shared.NamedPageRequest;
import io.reprise.workflows.pipeline.SlotValue;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the slots of pipelines are made from, in digests. One of a pipeline that looks for no late data is not asked for. */
public final class SlotDigests {

    private static final Logger LOG = LoggerFactory.getLogger(SlotDigests.class);
    private static final int AT_ONCE = 500;
    // Names of slots begin with digits.
    private static final String AFTER_ALL = ":";

    /** Asks a database what a slot's input is like now. */
    @FunctionalInterface
    public interface Reader {

        /** A text that changes with any row of the slot. */
        String digest(InputDefinition input, SlotValue slot);
    }

    private final SlotInputs inputs;
    private final Reader reader;
    private final Clock clock;

    public SlotDigests(SlotInputs inputs, Reader reader, Clock clock) {
        this.inputs = inputs;
        this.reader = reader;
        this.clock = clock;
    }

    /** Empty where there is nothing to compare. */
    Optional<String> now(PipelineDefinition definition, PipelineRequest request) {
        if (definition.late().isEmpty()) {
            return Optional.empty();
        }
        return definition.input().flatMap(input -> request.slot().map(slot -> reader.digest(input, slot)));
    }

    Optional<String> before(PipelineRequest request) {
        return inputs.of(request.definition().name().value(), request.slotWithKeys())
                .map(SlotInput::digest);
    }

    /** The slots from one on, with their keys, of which it is known what they were made from. */
    Set<String> noted(String pipeline, String first) {
        Set<String> noted = new HashSet<>();
        NamedPageRequest request = NamedPageRequest.first(AT_ONCE);
        NamedPage<SlotInput> page = inputs.page(pipeline, first, AFTER_ALL, request);
        page.items().forEach(input -> noted.add(input.slot()));
        while (page.next().isPresent()) {
            page = inputs.page(
                    pipeline, first, AFTER_ALL, request.after(page.next().get()));
            page.items().forEach(input -> noted.add(input.slot()));
        }
        return noted;
    }

    /**
     * Notes what a slot is made from before its run reads it: what comes in between is seen as a change later, and then
     * costs one run too many, never one too few. Answers false where it cannot be read.
     */
    boolean note(PipelineDefinition definition, PipelineRequest request) {
        try {
            now(definition, request).ifPresent(digest -> seen(request, digest, before(request)));
            return true;
        } catch (RuntimeException away) {
            LOG.warn(
                    "The input of {} {} could not be read; whether it changes is known from the next look on: {}",
                    definition.name(),
                    request.slotWithKeys(),
                    away.toString());
            return false;
        }
    }

    /** Answers false where somebody else has noted another one. */
    boolean seen(PipelineRequest request, String digest, Optional<String> before) {
        return inputs.seen(
                new SlotInput(
                        request.definition().name().value(),
                        request.slotWithKeys(),
                        digest,
                        clock.instant().truncatedTo(ChronoUnit.MICROS),
                        Optional.empty()),
                before);
    }
}
