package io.reprise.catalog.pipeline;

import io.reprise.workflows.pipeline.Condition;
import io.reprise.workflows.pipeline.OutputName;
import io.reprise.workflows.saga.Retry;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What every step says of itself, whatever its kind.
 *
 * @param needs ids of the steps that must be over before it starts
 * @param when what must hold; else the step is skipped
 * @param with values by name; a text that begins with {@code :} names another value
 * @param round which round of a {@code for-each} it is
 * @param timeout limits one attempt
 * @param continues whether the run goes on where it fails
 * @param reads the outputs of other steps that it is given
 */
public record StepHead(
        String id,
        Optional<String> description,
        List<String> needs,
        List<Condition> when,
        Map<String, Object> with,
        Optional<Round> round,
        Retry retry,
        Duration timeout,
        boolean pivot,
        boolean continues,
        Hooks hooks,
        List<OutputName> reads) {

    public StepHead {
        needs = List.copyOf(needs);
        when = List.copyOf(when);
        with = Collections.unmodifiableMap(new TreeMap<>(with));
        reads = List.copyOf(reads);
    }

    /** Before it is known what it reads. */
    public StepHead(
            String id,
            Optional<String> description,
            List<String> needs,
            List<Condition> when,
            Map<String, Object> with,
            Optional<Round> round,
            Retry retry,
            Duration timeout,
            boolean pivot,
            boolean continues,
            Hooks hooks) {
        this(id, description, needs, when, with, round, retry, timeout, pivot, continues, hooks, List.of());
    }

    public StepHead needing(List<String> ids) {
        return new StepHead(id, description, ids, when, with, round, retry, timeout, pivot, continues, hooks, reads);
    }

    StepHead reading(List<OutputName> outputs) {
        return new StepHead(
                id, description, needs, when, with, round, retry, timeout, pivot, continues, hooks, outputs);
    }

    /** One round of the step: under an id of its own, with the value of the round. */
    StepHead in(Round one) {
        Map<String, Object> values = new TreeMap<>(with);
        values.put(one.as(), one.value());
        return new StepHead(
                one.id(),
                description,
                needs,
                when,
                values,
                Optional.of(one),
                retry,
                timeout,
                pivot,
                continues,
                hooks,
                reads);
    }
}
