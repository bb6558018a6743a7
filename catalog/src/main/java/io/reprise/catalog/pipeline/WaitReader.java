package io.reprise.catalog.pipeline;

import io.reprise.catalog.shared.Scalars;
import io.reprise.catalog.shared.YamlNumbers;
import io.reprise.catalog.shared.YamlObject;
import io.reprise.catalog.shared.YamlValue;
import io.reprise.catalog.sql.SqlText;
import io.reprise.workflows.run.Name;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads {@code wait} steps.
 *
 * <p>Refused: two things to wait for, and a look that is rarer than the whole wait.
 */
final class WaitReader {

    static final List<String> SORTS = List.of("sql", "file", "http", "run", "topic", "approval");
    static final List<String> KEYS =
            List.of("sql", "file", "http", "run", "topic", "approval", "every", "within", "else");
    static final List<String> FILE_KEYS = List.of("path", "min-bytes", "unchanged-for");
    static final List<String> HTTP_KEYS = List.of("url", "status", "contains");
    static final List<String> RUN_KEYS = List.of("pipeline", "slot", "parameters");
    static final List<String> APPROVAL_KEYS = List.of("message");

    static final int MOST_BYTES = 999_999_999;

    private static final Pattern NAME = Pattern.compile(Name.FORM);
    private static final Duration MOST_OFTEN = Duration.ofMillis(100);
    private static final Duration USUAL_EVERY = Duration.ofSeconds(30);
    private static final Duration USUAL_WITHIN = Duration.ofDays(1);
    private static final Duration USUAL_APPROVAL = Duration.ofDays(7);
    private static final Duration LONGEST = Duration.ofDays(365);

    enum ChildSlot {
        SAME,
        NONE
    }

    private final PipelineSource source;
    private final StepDefaults defaults;

    WaitReader(PipelineSource source, StepDefaults defaults) {
        this.source = source;
        this.defaults = defaults;
    }

    Optional<WaitStep> read(StepHead head, YamlObject step, StepUses uses) {
        YamlValue value = step.member("wait").orElseThrow();
        Optional<YamlObject> fields = value.object(KEYS);
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        YamlObject wait = fields.get();
        List<String> sorts = wait.keys().stream().filter(SORTS::contains).toList();
        if (sorts.size() != 1) {
            String found = sorts.isEmpty() ? "a wait for nothing" : String.join(" and ", sorts);
            value.refuse(found, "one of " + String.join(", ", SORTS));
            return Optional.empty();
        }
        refuseStrangers(step, sorts.getFirst());
        return what(head, step, wait, sorts.getFirst(), uses).map(it -> step(head, wait, it));
    }

    private static void refuseStrangers(YamlObject step, String sort) {
        for (String key : List.of("connection", "outputs", "allow-clock")) {
            if (step.has(key) && !sort.equals("sql")) {
                step.key(key).refuse("'" + key + "' on a wait for " + sort, "it only on a wait for sql");
            }
        }
    }

    private static WaitStep step(StepHead head, YamlObject wait, WaitFor what) {
        boolean person = what instanceof WaitFor.Approval;
        Duration within = wait.duration("within", MOST_OFTEN, LONGEST).orElse(person ? USUAL_APPROVAL : USUAL_WITHIN);
        Duration every = wait.duration("every", MOST_OFTEN, LONGEST)
                .orElse(USUAL_EVERY.compareTo(within) < 0 ? USUAL_EVERY : within);
        if (every.compareTo(within) > 0) {
            wait.key("every")
                    .refuse(
                            "a look every " + YamlNumbers.written(every) + " within " + YamlNumbers.written(within),
                            "an every that is not above within");
        }
        if ((person || what instanceof WaitFor.Topic) && wait.has("every")) {
            wait.key("every")
                    .refuse(
                            "'every' on a wait for " + (person ? "approval" : "topic"),
                            "only within and else: " + (person ? "a person is" : "records are") + " not looked for");
        }
        Optional<String> refuse = wait.member("else")
                .flatMap(value -> value.object(SqlStepReader.ELSE_KEYS))
                .flatMap(it -> it.required("refuse", SqlStepReader.REASON_EXPECTED))
                .flatMap(value -> value.text(SqlStepReader.REASON, SqlStepReader.REASON_EXPECTED));
        return new WaitStep(head, what, every, within, refuse);
    }

    private Optional<? extends WaitFor> what(
            StepHead head, YamlObject step, YamlObject wait, String sort, StepUses uses) {
        YamlValue value = wait.member(sort).orElseThrow();
        return switch (sort) {
            case "sql" -> rows(head, step, value, uses);
            case "file" -> file(value, uses);
            case "http" -> http(value, uses);
            case "run" -> run(value, uses);
            case "topic" -> TopicWaitReader.read(value, uses);
            default -> approval(value);
        };
    }

    private Optional<WaitFor> rows(StepHead head, YamlObject step, YamlValue value, StepUses uses) {
        Optional<String> connection = source.connection(step, defaults.connection());
        boolean clock = step.flag("allow-clock").orElse(false);
        Optional<SqlText> text = source.sql(value);
        text.ifPresent(sql -> uses.sql(new SqlUse(sql, value, connection.orElse(""), SqlUse.Purpose.LOOK, clock)));
        List<Output> outputs = OutputReader.read(step, OutputSource.COLUMN);
        return text.map(sql -> new WaitFor.Rows(connection.orElse(""), source.source(sql, head.id()), outputs));
    }

    private static Optional<WaitFor> file(YamlValue value, StepUses uses) {
        if (value.isScalar()) {
            return path(value, uses).map(path -> new WaitFor.File(path, 0, Duration.ZERO));
        }
        Optional<YamlObject> fields = value.object(FILE_KEYS);
        long least =
                fields.flatMap(it -> it.integer("min-bytes", 0, MOST_BYTES)).orElse(0);
        Duration still = fields.flatMap(it -> it.duration("unchanged-for", Duration.ZERO, LONGEST))
                .orElse(Duration.ZERO);
        return fields.flatMap(it -> it.required("path", "the path of a file"))
                .flatMap(path -> path(path, uses))
                .map(path -> new WaitFor.File(path, least, still));
    }

    private static Optional<String> path(YamlValue value, StepUses uses) {
        Optional<String> path = value.text();
        path.ifPresent(it -> uses.placeholders(it, value));
        if (path.filter(it -> it.indexOf('\0') >= 0 || it.endsWith("/")).isPresent()) {
            value.refuse(value.words(), "the path of a file");
        }
        return path;
    }

    private static Optional<WaitFor> http(YamlValue value, StepUses uses) {
        if (value.isScalar()) {
            return url(value, uses).map(url -> new WaitFor.Answer(url, 200, Optional.empty()));
        }
        Optional<YamlObject> fields = value.object(HTTP_KEYS);
        int status = fields.flatMap(it -> it.integer("status", 100, 599)).orElse(200);
        Optional<String> contains = fields.flatMap(it -> it.text("contains"));
        return fields.flatMap(it -> it.required("url", "an http or https address"))
                .flatMap(url -> url(url, uses))
                .map(url -> new WaitFor.Answer(url, status, contains));
    }

    private static Optional<String> url(YamlValue value, StepUses uses) {
        Optional<String> url = value.text();
        url.ifPresent(it -> uses.placeholders(it, value));
        if (url.isPresent() && !isUrl(url.get().replaceAll("\\{[^{}]*}", "x"))) {
            String found = url.get().contains("@") ? "an address with a user in it" : value.words();
            value.refuse(found, "an http or https address, without a user");
            return Optional.empty();
        }
        return url;
    }

    private static boolean isUrl(String text) {
        try {
            URI url = new URI(text);
            return url.getHost() != null
                    && url.getUserInfo() == null
                    && List.of("http", "https").contains(url.getScheme());
        } catch (URISyntaxException noUrl) {
            return false;
        }
    }

    private static Optional<WaitFor> run(YamlValue value, StepUses uses) {
        Optional<YamlObject> fields = value.object(RUN_KEYS);
        fields.flatMap(it -> it.word("slot", ChildSlot.class))
                .filter(ChildSlot.NONE::equals)
                .ifPresent(none -> value.refuse("a wait for a run without a slot", "slot: same"));
        Map<String, Object> parameters = fields.map(it -> parameters(it, uses)).orElse(Map.of());
        return fields.flatMap(it -> it.required("pipeline", "the name of a pipeline"))
                .flatMap(name -> name.text(NAME, "the name of a pipeline"))
                .map(name -> new WaitFor.Run(name, parameters));
    }

    static Map<String, Object> parameters(YamlObject fields, StepUses uses) {
        Optional<YamlValue> mapping = fields.member("parameters");
        Map<String, Object> values = mapping.map(
                        it -> Scalars.read(it, ParameterReader.NAME, ParameterReader.NAME_EXPECTED))
                .orElse(Map.of());
        mapping.ifPresent(it -> uses.operands(values, it));
        return values;
    }

    private static Optional<WaitFor> approval(YamlValue value) {
        if (value.isScalar()) {
            return value.text().map(message -> new WaitFor.Approval(Optional.of(message)));
        }
        return value.object(APPROVAL_KEYS).map(fields -> new WaitFor.Approval(fields.text("message")));
    }
}
