package io.reprise.catalog.trigger;

import io.reprise.catalog.shared.FilterReader;
import io.reprise.catalog.shared.RecordFilter;
import io.reprise.catalog.shared.RecordPath;
import io.reprise.catalog.shared.Scalars;
import io.reprise.catalog.shared.YamlMember;
import io.reprise.catalog.shared.YamlObject;
import io.reprise.catalog.shared.YamlValue;
import io.reprise.workflows.run.Name;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads one trigger's file.
 *
 * <p>Refused: another name than the file's, no topic or group, both kinds of start or none, paths that lead nowhere, unknown
 * facts, and what the trigger does not fit.
 */
final class TriggerReader {

    static final List<String> KEYS = List.of(
            "trigger",
            "description",
            "owner",
            "topic",
            "group",
            "start",
            "id",
            "key",
            "order",
            "filter",
            "contract",
            "start-at",
            "batch",
            "dead-letter");
    static final List<String> START_KEYS = List.of("workflow", "pipeline", "slot", "parameters");
    static final List<String> BATCH_KEYS = List.of("records", "within");
    static final List<String> DEAD_LETTER_KEYS = List.of("attempts", "storm");
    static final List<String> STORM_KEYS = List.of("percent", "least");

    static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");
    static final Pattern GROUP = Pattern.compile("[A-Za-z0-9._:-]{1,200}");
    static final Pattern NAME = Pattern.compile(Name.FORM);
    static final Pattern PARAMETER = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final Duration LONGEST_BATCH = Duration.ofMinutes(10);

    private final YamlObject fields;

    private TriggerReader(YamlObject fields) {
        this.fields = fields;
    }

    /** Empty where something that every trigger needs is missing or wrong. */
    static Optional<TriggerDefinition> read(String name, YamlObject fields) {
        return new TriggerReader(fields).read(name);
    }

    private Optional<TriggerDefinition> read(String name) {
        checkName(name);
        Optional<String> topic = fields.required("topic", "the name of a topic")
                .flatMap(it -> it.text(TOPIC, "the name of a topic, " + TOPIC));
        Optional<String> group = fields.required("group", "a consumer group that stays the same, reprise." + name)
                .flatMap(it -> it.text(GROUP, "the name of a consumer group, " + GROUP));
        Optional<TriggerStart> start =
                fields.required("start", "{workflow: order} or {pipeline: …}").flatMap(TriggerReader::start);
        Optional<RecordPath> id = path("id");
        Optional<RecordPath> key = path("key");
        KeyOrder order = fields.word("order", KeyOrder.class).orElse(KeyOrder.PER_KEY);
        List<RecordFilter> filter =
                fields.member("filter").map(FilterReader::read).orElse(List.of());
        StartAt startAt = startAt();
        Batching batch = batch();
        DeadLetterRule deadLetter = deadLetter();
        if (topic.isEmpty() || group.isEmpty() || start.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TriggerDefinition(
                new Name(name),
                fields.text("description"),
                fields.text("owner"),
                topic.get(),
                group.get(),
                start.get(),
                id,
                key,
                order,
                filter,
                fields.text("contract"),
                startAt,
                batch,
                deadLetter));
    }

    private void checkName(String name) {
        Optional<YamlValue> written = fields.required("trigger", "the name of its file, " + name);
        Optional<String> text = written.flatMap(YamlValue::text);
        if (text.isPresent() && !text.get().equals(name)) {
            written.get().refuse(written.get().words(), "the name of its file, " + name);
        }
    }

    private static Optional<TriggerStart> start(YamlValue value) {
        Optional<YamlObject> read = value.object(START_KEYS);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        YamlObject start = read.get();
        if (start.has("workflow") == start.has("pipeline")) {
            value.refuse(
                    start.has("workflow") ? "a workflow and a pipeline" : "nothing to start",
                    "either workflow: order or pipeline: …");
            return Optional.empty();
        }
        return start.has("workflow") ? order(start) : pipeline(start);
    }

    private static Optional<TriggerStart> order(YamlObject start) {
        for (String key : List.of("slot", "parameters")) {
            if (start.has(key)) {
                start.key(key).refuse("'" + key + "' of an order", "it only with pipeline: …");
            }
        }
        YamlValue workflow = start.member("workflow").orElseThrow();
        String name = workflow.isScalar() ? workflow.text().orElse("") : "";
        if (!name.equals("order")) {
            workflow.refuseName("the unknown workflow " + workflow.words(), name, List.of("order"));
            return Optional.empty();
        }
        return Optional.of(new TriggerStart.Order());
    }

    private static Optional<TriggerStart> pipeline(YamlObject start) {
        Optional<RecordPath> slot = start.member("slot").flatMap(RecordPath::read);
        Map<String, RecordValue> parameters = new TreeMap<>();
        start.member("parameters").ifPresent(mapping -> {
            for (YamlMember member : mapping.members(PARAMETER, "a name like region: small letters, digits and _")) {
                value(member.value()).ifPresent(it -> parameters.put(member.name(), it));
            }
        });
        return start.member("pipeline")
                .flatMap(name -> name.text(NAME, "the name of a pipeline"))
                .map(name -> new TriggerStart.Pipeline(new Name(name), slot, parameters));
    }

    private static Optional<RecordValue> value(YamlValue value) {
        Optional<Object> read = value.isScalar() ? Scalars.read(value) : Optional.empty();
        if (read.isEmpty()) {
            value.refuse(value.words(), "a constant, " + RecordPath.FORM + ", or a fact like @partition");
            return Optional.empty();
        }
        if (!(read.get() instanceof String text)) {
            return Optional.of(new RecordValue.Constant(read.get()));
        }
        if (text.startsWith("$")) {
            return RecordPath.read(value).map(RecordValue.At::new);
        }
        if (!text.startsWith(RecordFact.SIGN)) {
            return Optional.of(new RecordValue.Constant(text));
        }
        Optional<RecordFact> fact = RecordFact.of(text);
        if (fact.isEmpty()) {
            value.refuseName("the unknown fact '" + text + "'", text, RecordFact.words());
        }
        return fact.map(RecordValue.About::new);
    }

    private Optional<RecordPath> path(String key) {
        return fields.member(key).flatMap(RecordPath::read);
    }

    private StartAt startAt() {
        Optional<YamlValue> written = fields.member("start-at");
        Optional<StartAt> read = written.flatMap(YamlValue::text).flatMap(StartAt::read);
        if (written.isPresent() && read.isEmpty()) {
            written.get().refuse(written.get().words(), "earliest, latest, or an instant such as 2026-11-01T00:00:00Z");
        }
        return read.orElseGet(StartAt.Earliest::new);
    }

    private Batching batch() {
        Optional<YamlObject> batch = fields.member("batch").flatMap(value -> value.object(BATCH_KEYS));
        return batch.map(it -> new Batching(
                        it.integer("records", 1, Batching.MOST).orElse(Batching.NONE.records()),
                        it.duration("within", Duration.ofMillis(10), LONGEST_BATCH)
                                .orElse(Batching.NONE.within())))
                .orElse(Batching.NONE);
    }

    private DeadLetterRule deadLetter() {
        Optional<YamlObject> rule = fields.member("dead-letter").flatMap(value -> value.object(DEAD_LETTER_KEYS));
        return rule.map(it -> new DeadLetterRule(
                        it.integer("attempts", 1, DeadLetterRule.MOST_ATTEMPTS).orElse(DeadLetterRule.USUAL.attempts()),
                        it.member("storm")
                                .flatMap(value -> value.object(STORM_KEYS))
                                .map(TriggerReader::storm)
                                .orElse(StormRule.USUAL)))
                .orElse(DeadLetterRule.USUAL);
    }

    private static StormRule storm(YamlObject fields) {
        return new StormRule(
                fields.integer("percent", 1, 100).orElse(StormRule.USUAL.percent()),
                fields.integer("least", 1, StormRule.MOST).orElse(StormRule.USUAL.least()));
    }

    /** Refuses what was found wrong with a definition where it stands in the file. */
    static void refuse(YamlObject fields, TriggerFit.Misfit misfit) {
        fields.key(misfit.key()).refuseNear(misfit.found(), misfit.expected(), misfit.nearest());
    }

    /** Where the pipeline's name stands. */
    static YamlValue pipelineOf(YamlObject fields) {
        List<YamlObject> starts = new ArrayList<>();
        fields.member("start").flatMap(value -> value.object(START_KEYS)).ifPresent(starts::add);
        return starts.getFirst().member("pipeline").orElseThrow();
    }
}
