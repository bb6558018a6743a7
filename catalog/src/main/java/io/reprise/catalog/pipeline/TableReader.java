package io.reprise.catalog.pipeline;

import io.reprise.catalog.shared.YamlMember;
import io.reprise.catalog.shared.YamlObject;
import io.reprise.catalog.shared.YamlValue;
import io.reprise.catalog.sql.SqlText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads {@code tables}, {@code input} and {@code late}: what a pipeline reads and writes.
 *
 * <p>Refused: stages like nothing, or like another stage, and late days of an input that has no digest.
 */
final class TableReader {

    static final List<String> TABLE_KEYS = List.of("schema", "name", "scope", "connection");
    static final List<String> STAGE_KEYS = List.of("like", "per", "keep-on-failure");
    static final List<String> INPUT_KEYS = List.of("connection", "table", "slot-column", "digest");
    static final List<String> LATE_KEYS = List.of("look-back", "every", "do");

    static final Pattern ALIAS = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");
    static final Pattern IDENTIFIER = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]{0,62}");
    static final Pattern TABLE =
            Pattern.compile("([\\p{L}_][\\p{L}\\p{N}_$]{0,62}\\.)?[\\p{L}_][\\p{L}\\p{N}_$]{0,62}");
    private static final String IDENTIFIER_EXPECTED = "a name of letters, digits and _, without quotes";
    private static final Duration USUAL_KEEPING = Duration.ofDays(7);
    private static final Duration LONGEST = Duration.ofDays(3_650);

    enum Per {
        RUN
    }

    enum Late {
        RERUN
    }

    private final PipelineSource source;
    private final StepDefaults defaults;
    private final StepUses uses;

    /** @param uses where the SQL of scopes is noted */
    TableReader(PipelineSource source, StepDefaults defaults, StepUses uses) {
        this.source = source;
        this.defaults = defaults;
        this.uses = uses;
    }

    /** In the order of their aliases. */
    List<TableDefinition> tables(YamlObject pipeline) {
        Map<String, TableDefinition.Target> targets = new LinkedHashMap<>();
        List<YamlMember> stages = new ArrayList<>();
        List<TableDefinition> tables = new ArrayList<>();
        pipeline.member("tables").ifPresent(mapping -> {
            for (YamlMember member : mapping.members(ALIAS, "an alias like stage or sales_2")) {
                if (isStage(member.value())) {
                    stages.add(member);
                    continue;
                }
                member.value()
                        .object(TABLE_KEYS)
                        .flatMap(fields -> target(member.name(), fields))
                        .ifPresent(target -> targets.put(target.alias(), target));
            }
        });
        tables.addAll(targets.values());
        stages.forEach(stage -> stage(stage, targets).ifPresent(tables::add));
        tables.sort(Comparator.comparing(TableDefinition::alias));
        return tables;
    }

    private static boolean isStage(YamlValue value) {
        return value.isObject() && value.hasKey("like");
    }

    private Optional<TableDefinition.Target> target(String alias, YamlObject fields) {
        Optional<String> schema =
                fields.text("schema", IDENTIFIER, IDENTIFIER_EXPECTED).map(source.environment()::schema);
        Optional<String> name = fields.required("name", "the name of a table, or like: for a stage")
                .flatMap(value -> value.text(IDENTIFIER, IDENTIFIER_EXPECTED));
        Optional<String> connection = source.connection(fields, defaults.connection());
        Optional<String> scope = fields.member("scope").flatMap(value -> scope(value, connection));
        return name.map(it -> new TableDefinition.Target(alias, connection.orElse(""), schema, it, scope));
    }

    private Optional<String> scope(YamlValue value, Optional<String> connection) {
        Optional<SqlText> text = source.sql(value);
        text.ifPresent(sql -> uses.sql(new SqlUse(sql, value, connection.orElse(""), SqlUse.Purpose.SCOPE, false)));
        return text.map(sql -> sql.text().strip());
    }

    private Optional<TableDefinition> stage(YamlMember member, Map<String, TableDefinition.Target> targets) {
        Optional<YamlObject> fields = member.value().object(STAGE_KEYS);
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        YamlValue like = fields.get().member("like").orElseThrow();
        String alias = like.isScalar() ? like.text().orElse("") : "";
        TableDefinition.Target target = targets.get(alias);
        if (target == null) {
            like.refuseName("a stage like " + like.words(), alias, targets.keySet());
        }
        fields.get().word("per", Per.class);
        Duration keep =
                fields.get().duration("keep-on-failure", Duration.ZERO, LONGEST).orElse(USUAL_KEEPING);
        String connection = target == null ? "" : target.connection();
        return Optional.of(new TableDefinition.Stage(member.name(), connection, alias, keep));
    }

    Optional<InputDefinition> input(YamlObject pipeline) {
        Optional<YamlObject> fields = pipeline.member("input").flatMap(value -> value.object(INPUT_KEYS));
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> connection = source.connection(fields.get(), defaults.connection());
        Optional<String> table = fields.get()
                .required("table", "a table like raw.events")
                .flatMap(value -> value.text(TABLE, "a table like raw.events, without quotes"));
        Optional<String> column = fields.get()
                .required("slot-column", "the column by which rows belong to a slot")
                .flatMap(value -> value.text(IDENTIFIER, IDENTIFIER_EXPECTED));
        Optional<String> digest = fields.get().text("digest", IDENTIFIER, IDENTIFIER_EXPECTED);
        if (table.isEmpty() || column.isEmpty()) {
            return Optional.empty();
        }
        int dot = table.get().indexOf('.');
        Optional<String> schema = dot < 0
                ? Optional.empty()
                : Optional.of(source.environment().schema(table.get().substring(0, dot)));
        return Optional.of(new InputDefinition(
                connection.orElse(""), schema, table.get().substring(dot + 1), column.get(), digest));
    }

    Optional<LateDefinition> late(YamlObject pipeline, boolean slotted) {
        Optional<YamlObject> fields = pipeline.member("late").flatMap(value -> value.object(LATE_KEYS));
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        boolean digested = pipeline.member("input")
                .filter(value -> value.isObject() && value.hasKey("digest"))
                .isPresent();
        if (!digested || !slotted) {
            pipeline.key("late")
                    .refuse(
                            "late without " + (slotted ? "a digest of the input" : "slots"),
                            slotted ? "input: with a digest column" : "slot: hour, day or month");
        }
        fields.get().word("do", Late.class);
        Optional<Duration> lookBack = fields.get()
                .required("look-back", "a duration like 7d")
                .flatMap(value -> duration(fields.get(), "look-back"));
        Duration every = duration(fields.get(), "every").orElse(Duration.ofHours(1));
        return lookBack.map(it -> new LateDefinition(it, every));
    }

    private static Optional<Duration> duration(YamlObject fields, String key) {
        return fields.duration(key, Duration.ofMinutes(1), LONGEST);
    }
}
