package io.reprise.api.backfill;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reprise.api.pipeline.CurrentPipeline;
import io.reprise.api.pipeline.CurrentPipelines;
import io.reprise.api.shared.Fields;
import io.reprise.catalog.pipeline.BadParameters;
import io.reprise.catalog.pipeline.Concurrency;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.pipeline.PipelineRequest;
import io.reprise.catalog.pipeline.StepDefinition;
import io.reprise.catalog.schedule.BadSlot;
import io.reprise.catalog.schedule.SlotCalendar;
import io.reprise.db.backfill.DefinitionRule;
import io.reprise.db.backfill.SlotOrder;
import io.reprise.workflows.backfill.Policy;
import io.reprise.workflows.pipeline.SlotValue;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads wishes for backfills, and tells everything that is wrong with them at once. */
public final class BackfillWishes {

    /** What nobody can mean: 114 years of hours. */
    static final int MOST = 1_000_000;

    static final int MOST_PARALLEL = 500;

    private static final String[] FIELDS = {
        "pipeline", "from", "to", "policy", "order", "parallel", "definition", "parameters", "steps", "yes"
    };
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final TypeReference<Map<String, Object>> PARAMETERS = new TypeReference<>() {};

    private final CurrentPipelines pipelines;
    private final Clock clock;

    public BackfillWishes(CurrentPipelines pipelines, Clock clock) {
        this.pipelines = pipelines;
        this.clock = clock;
    }

    /** What was asked for, each field on its own. */
    private record Asked(
            String pipeline,
            String from,
            String to,
            Policy policy,
            Optional<SlotOrder> order,
            DefinitionRule definition,
            Optional<Integer> parallel,
            List<String> steps,
            boolean confirmed,
            String parameters) {}

    BackfillWish read(@Nullable String body) {
        Fields fields = Fields.ofBody(body, FIELDS);
        Asked asked = asked(fields);
        fields.check();
        CurrentPipeline pipeline = pipelines.required(asked.pipeline());
        checkSteps(fields, pipeline.definition(), asked.steps());
        checkOrder(fields, pipeline.definition(), asked.order(), asked.parallel());
        List<PipelineRequest> requests = requests(
                fields, pipeline.definition(), slots(fields, pipeline, asked), parametersOf(asked.parameters()));
        fields.check();
        return new BackfillWish(
                pipeline,
                asked.parameters(),
                requests,
                asked.policy(),
                asked.order().orElse(SlotOrder.OLDEST),
                asked.parallel().orElse(usualParallel(pipeline.definition().concurrency())),
                asked.definition(),
                asked.steps(),
                asked.confirmed());
    }

    private static Asked asked(Fields fields) {
        return new Asked(
                fields.required("pipeline"),
                fields.required("from"),
                fields.required("to"),
                word(fields, "policy", Policy::of).orElse(Policy.NONE),
                word(fields, "order", SlotOrder::of),
                word(fields, "definition", DefinitionRule::of).orElse(DefinitionRule.CURRENT),
                fields.number("parallel", 1, MOST_PARALLEL),
                fields.texts("steps"),
                fields.flag("yes"),
                fields.object("parameters").map(Object::toString).orElse("{}"));
    }

    private static int usualParallel(Concurrency concurrency) {
        return concurrency.sequential() ? 1 : Math.min(MOST_PARALLEL, concurrency.slots());
    }

    /** The enums of the ledger say themselves what they expect. */
    private static <T> Optional<T> word(Fields fields, String name, Function<String, T> read) {
        Optional<String> text = fields.text(name);
        try {
            return text.map(read);
        } catch (IllegalArgumentException unknown) {
            String expected = String.valueOf(unknown.getMessage()).replaceFirst(".*expected: (.*)\\)", "$1");
            fields.wrong("/" + name, text.orElse(""), expected);
            return Optional.empty();
        }
    }

    private static Map<String, Object> parametersOf(String object) {
        try {
            return JSON.readValue(object, PARAMETERS);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("cannot read again what was read as JSON", impossible);
        }
    }

    private static void checkSteps(Fields fields, PipelineDefinition definition, List<String> steps) {
        List<String> known = definition.steps().stream().map(StepDefinition::id).toList();
        steps.stream()
                .filter(step -> !known.contains(step))
                .forEach(step -> fields.wrong("/steps", step, "one of " + known));
    }

    private static void checkOrder(
            Fields fields, PipelineDefinition definition, Optional<SlotOrder> order, Optional<Integer> parallel) {
        if (!definition.concurrency().sequential()) {
            return;
        }
        if (order.filter(it -> it == SlotOrder.NEWEST).isPresent()) {
            fields.wrong("/order", "newest", "oldest: each slot of " + definition.name() + " waits for the one before");
        }
        if (parallel.filter(it -> it > 1).isPresent()) {
            fields.wrong(
                    "/parallel",
                    parallel.get().toString(),
                    "1: each slot of " + definition.name() + " waits for the one before");
        }
    }

    private List<SlotValue> slots(Fields fields, CurrentPipeline pipeline, Asked asked) {
        Optional<SlotCalendar> calendar = pipeline.definition().slot();
        if (calendar.isEmpty()) {
            fields.wrong("/pipeline", pipeline.name(), "a pipeline that stands for time (slot: hour, day or month)");
            return List.of();
        }
        try (Stream<SlotValue> all = calendar.get().between(asked.from(), asked.to())) {
            List<SlotValue> slots = all.limit(MOST + 1L).toList();
            SlotValue ended = calendar.get().endedBy(clock.instant());
            if (slots.size() > MOST) {
                fields.wrong("/to", asked.to(), "at most " + MOST + " slots at once");
            } else if (slots.getLast().end().isAfter(ended.end())) {
                fields.wrong("/to", asked.to(), "up to " + ended.name() + ", the newest that has ended");
            }
            return slots.size() > MOST ? List.of() : slots;
        } catch (BadSlot bad) {
            fields.wrong("/from", asked.from() + " to " + asked.to(), String.valueOf(bad.getMessage()));
            return List.of();
        }
    }

    private static List<PipelineRequest> requests(
            Fields fields, PipelineDefinition definition, List<SlotValue> slots, Map<String, Object> parameters) {
        List<PipelineRequest> requests = new ArrayList<>();
        try {
            for (SlotValue slot : slots) {
                requests.add(PipelineRequest.ofSlot(definition, slot, parameters));
            }
        } catch (BadParameters bad) {
            bad.errors().forEach(it -> fields.wrong("/parameters" + it.pointer(), it.found(), it.expected()));
        }
        return requests;
    }
}
