package io.reprise.catalog.trigger;

import io.reprise.catalog.pipeline.ParameterDefinition;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.shared.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds a trigger against what it starts.
 *
 * <p>Refused: slots of pipelines without slots, ids where slots say which run it is, parameters that are unknown, missing or
 * of another type, orders by the batch, and batches that every record would part.
 */
public final class TriggerFit {

    /**
     * What does not fit.
     *
     * @param key of the trigger's file in which it stands
     */
    public record Misfit(String key, String found, String expected, Optional<String> nearest) {

        static Misfit of(String key, String found, String expected) {
            return new Misfit(key, found, expected, Optional.empty());
        }
    }

    private static final String START = "start";
    private static final int LONGEST_NAMES = 150;

    private final TriggerDefinition trigger;
    private final List<Misfit> misfits = new ArrayList<>();

    private TriggerFit(TriggerDefinition trigger) {
        this.trigger = trigger;
    }

    /**
     * Everything that does not fit.
     *
     * @param pipeline that the trigger starts, if there is one of that name
     */
    public static List<Misfit> of(TriggerDefinition trigger, Optional<PipelineDefinition> pipeline) {
        TriggerFit fit = new TriggerFit(trigger);
        switch (trigger.start()) {
            case TriggerStart.Order _ -> fit.checkOrder();
            case TriggerStart.Pipeline start -> pipeline.ifPresent(it -> fit.check(start, it));
        }
        return fit.misfits;
    }

    private void checkOrder() {
        if (trigger.batch().sharesRuns()) {
            refuse("batch", "a batch of orders", "records: 1, for every order is a run of its own");
        }
        trigger.id()
                .filter(path -> !path.toString().equals("$.orderId"))
                .ifPresent(path -> refuse("id", "'" + path + "'", "$.orderId, by which orders are known"));
    }

    private void check(TriggerStart.Pipeline start, PipelineDefinition pipeline) {
        String name = "'" + pipeline.name() + "'";
        boolean slotted = pipeline.slot().isPresent();
        if (start.slot().isPresent() && !slotted) {
            refuse(START, "a slot for " + name + ", which stands for no time", "no slot");
        }
        if (trigger.id().isPresent() && slotted) {
            refuse("id", "an id for runs of " + name + ", which are known by their slots", "no id");
        }
        int names = (trigger.name().value() + pipeline.name().value()).length();
        if (!slotted && trigger.id().isEmpty() && names > LONGEST_NAMES) {
            refuse(
                    "trigger",
                    "names of trigger and pipeline of " + names + " characters, which stand in the ids of its runs",
                    "at most " + LONGEST_NAMES + ", or an id");
        }
        checkBatch(start);
        checkParameters(start.parameters(), pipeline);
    }

    private void checkBatch(TriggerStart.Pipeline start) {
        if (!trigger.batch().sharesRuns()) {
            return;
        }
        if (trigger.id().isPresent()) {
            refuse("id", "an id of each record in a batch", "no id: a batch is known by its first and last offset");
        }
        for (RecordValue value : start.parameters().values()) {
            if (value instanceof RecordValue.About(RecordFact fact) && fact.partsBatches()) {
                refuse(START, fact.word() + ", which parts every batch", "no batch, or another fact");
            }
        }
    }

    private void checkParameters(Map<String, RecordValue> given, PipelineDefinition pipeline) {
        List<String> names =
                pipeline.parameters().stream().map(ParameterDefinition::name).toList();
        for (String name : given.keySet()) {
            if (!names.contains(name)) {
                misfits.add(new Misfit(
                        START,
                        "the unknown parameter '" + name + "' of '" + pipeline.name() + "'",
                        names.isEmpty() ? "none, for there are none" : "one of " + String.join(", ", names),
                        NearestName.to(name, names)));
            }
        }
        for (ParameterDefinition parameter : pipeline.parameters()) {
            check(parameter, Optional.ofNullable(given.get(parameter.name())), pipeline);
        }
    }

    private void check(ParameterDefinition parameter, Optional<RecordValue> given, PipelineDefinition pipeline) {
        String of = "the parameter '" + parameter.name() + "' of '" + pipeline.name() + "'";
        if (given.isEmpty() && parameter.fallback().isEmpty()) {
            refuse(START, "no value for " + of, "parameters: {" + parameter.name() + ": …}, for it has no default");
        }
        if (given.isPresent()
                && given.get() instanceof RecordValue.Constant(Object constant)
                && parameter.read(String.valueOf(constant)).isEmpty()) {
            refuse(START, "'" + constant + "' for " + of, parameter.expected());
        }
    }

    private void refuse(String key, String found, String expected) {
        misfits.add(Misfit.of(key, found, expected));
    }
}
