package io.reprise.catalog.pipeline;

import io.reprise.catalog.schedule.PipelineTime;
import io.reprise.catalog.schedule.TimeReader;
import io.reprise.catalog.shared.YamlObject;
import io.reprise.catalog.shared.YamlText;
import io.reprise.catalog.shared.YamlValue;
import io.reprise.workflows.pipeline.Plan;
import io.reprise.workflows.run.Name;
import io.reprise.workflows.saga.FailurePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the {@code pipeline.yaml} of one folder with all that it names.
 *
 * <p>Refused: another name than the folder's, slots in order without slots, an input without slots, parameters without a
 * default that a schedule could not give, too many steps, and what the readers of its parts refuse.
 */
final class PipelineReader {

    static final List<String> KEYS = List.of(
            "pipeline",
            "description",
            "owner",
            "slot",
            "schedule",
            "parameters",
            "key",
            "concurrency",
            "input",
            "late",
            "tables",
            "defaults",
            "failure",
            "steps",
            "finally",
            "hooks",
            "after");
    static final List<String> CONCURRENCY_KEYS = List.of("per-key", "slots", "order");
    static final List<String> AFTER_KEYS = List.of("pipeline", "slot", "parameters");

    static final Pattern NAME = Pattern.compile(Name.FORM);
    static final int MOST_RUNS = 1_000;
    private static final int LONGEST = 1_000_000;

    enum Order {
        ANY,
        SEQUENTIAL
    }

    enum AfterSlot {
        SAME
    }

    private final PipelineSource source;
    private final String name;

    PipelineReader(PipelineSource source) {
        this.source = source;
        this.name = source.home().substring(source.home().lastIndexOf('/') + 1);
    }

    Optional<PipelineDraft> read() {
        return source.folder()
                .text(source.file(), source.problems())
                .flatMap(text ->
                        YamlText.read(source.file(), text, source.environment().asVariables(), source.problems()))
                .flatMap(root -> root.object(KEYS))
                .map(this::pipeline);
    }

    private PipelineDraft pipeline(YamlObject fields) {
        checkName(fields);
        PipelineTime time = TimeReader.read(fields);
        StepDefaults defaults = StepDefaults.read(fields, source);
        List<ParameterDefinition> parameters = ParameterReader.parameters(fields);
        List<String> key = ParameterReader.key(fields, parameters);
        StepUses scopes = new StepUses();
        TableReader tableReader = new TableReader(source, defaults, scopes);
        List<TableDefinition> tables = tableReader.tables(fields);
        StepsReader steps = StepsReader.of(source, defaults, tables, fields);
        steps.check(fields, tables, parameters, key, scopes, time.slot().isPresent());
        refuseUnfillable(fields, time, parameters);
        PipelineDefinition definition = new PipelineDefinition(
                new Name(name),
                fields.text("description"),
                fields.text("owner"),
                time.slot(),
                time.schedule(),
                parameters,
                key,
                concurrency(fields, time.slot().isPresent()),
                input(fields, tableReader, time),
                tableReader.late(fields, time.slot().isPresent()),
                tables,
                failure(fields, steps),
                steps.expanded(),
                steps.expandedLast(),
                HookReader.ofRun(fields),
                after(fields));
        refuseTooLarge(fields, definition);
        return new PipelineDraft(definition, fields, steps.drafts(), steps.lastDrafts());
    }

    private void checkName(YamlObject fields) {
        Optional<YamlValue> written = fields.required("pipeline", "the name of its folder, " + name);
        Optional<String> text = written.flatMap(YamlValue::text);
        if (text.isPresent() && !text.get().equals(name)) {
            written.get().refuse(written.get().words(), "the name of its folder, " + name);
        }
    }

    private static void refuseUnfillable(YamlObject fields, PipelineTime time, List<ParameterDefinition> parameters) {
        if (time.schedule().isEmpty()) {
            return;
        }
        parameters.stream()
                .filter(parameter -> parameter.fallback().isEmpty())
                .forEach(parameter -> fields.key("schedule")
                        .refuse(
                                "a schedule of a pipeline whose parameter '" + parameter.name() + "' has no default",
                                "default: for every parameter that a scheduled run is not given"));
    }

    private static Concurrency concurrency(YamlObject pipeline, boolean slotted) {
        Optional<YamlObject> fields = pipeline.member("concurrency").flatMap(value -> value.object(CONCURRENCY_KEYS));
        if (fields.isEmpty()) {
            return Concurrency.USUAL;
        }
        Concurrency usual = Concurrency.USUAL;
        boolean sequential = fields.get()
                .word("order", Order.class)
                .filter(Order.SEQUENTIAL::equals)
                .isPresent();
        Optional<Integer> slots = fields.get().integer("slots", 1, MOST_RUNS);
        if (sequential && !slotted) {
            fields.get().key("order").refuse("slots in order without slots", "slot: hour, day or month");
        }
        if (sequential && slots.filter(many -> many > 1).isPresent()) {
            fields.get()
                    .key("slots")
                    .refuse(slots.get() + " slots at once, one after the other", "slots: 1 with order: sequential");
        }
        return new Concurrency(
                fields.get().integer("per-key", 1, MOST_RUNS).orElse(usual.perKey()),
                sequential ? 1 : slots.orElse(usual.slots()),
                sequential);
    }

    private static Optional<InputDefinition> input(YamlObject fields, TableReader tables, PipelineTime time) {
        if (fields.has("input") && time.slot().isEmpty()) {
            fields.key("input").refuse("an input by slots without slots", "slot: hour, day or month");
        }
        return tables.input(fields);
    }

    private static FailurePolicy failure(YamlObject fields, StepsReader steps) {
        FailurePolicy usual =
                steps.drafts().stream().anyMatch(draft -> draft.step().hasUndo())
                        ? FailurePolicy.UNDO
                        : FailurePolicy.HOLD;
        return fields.word("failure", FailurePolicy.class).orElse(usual);
    }

    private static List<AfterDefinition> after(YamlObject pipeline) {
        List<AfterDefinition> after = new ArrayList<>();
        pipeline.member("after").ifPresent(list -> {
            for (YamlValue item : list.items()) {
                Optional<YamlObject> fields = item.object(AFTER_KEYS);
                fields.ifPresent(it -> it.word("slot", AfterSlot.class));
                fields.flatMap(it -> it.required("pipeline", "the name of a pipeline"))
                        .flatMap(value -> value.text(NAME, "the name of a pipeline"))
                        .map(upstream -> new AfterDefinition(
                                upstream, WaitReader.parameters(fields.orElseThrow(), new StepUses())))
                        .ifPresent(after::add);
            }
        });
        return after;
    }

    private static void refuseTooLarge(YamlObject fields, PipelineDefinition definition) {
        int steps = definition.steps().size() + definition.last().size();
        if (steps > Plan.MOST_STEPS) {
            fields.key("steps").refuse(steps + " steps, with all rounds", "at most " + Plan.MOST_STEPS);
            return;
        }
        int length = definition.json().length();
        if (length > LONGEST) {
            fields.value()
                    .refuse("a definition of " + length + " characters", "at most " + LONGEST + ", with all its SQL");
        }
    }
}
