package io.reprise.catalog.pipeline;

import io.reprise.catalog.pipeline.SqlUse.Purpose;
import io.reprise.catalog.shared.YamlObject;
import io.reprise.catalog.shared.YamlValue;
import io.reprise.catalog.sql.SqlText;
import io.reprise.workflows.pipeline.Condition;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code sql} and {@code transaction} steps. */
final class SqlStepReader {

    static final List<String> ITEM_KEYS = List.of("sql", "outputs", "expect", "allow-clock", "check");
    static final List<String> EXPECT_KEYS = List.of("affected", "else");
    static final List<String> ELSE_KEYS = List.of("refuse");

    static final Pattern REASON = Pattern.compile("[a-z][a-z0-9-]{0,99}");
    static final String REASON_EXPECTED = "a reason like insufficient-funds";

    private final PipelineSource source;
    private final StepDefaults defaults;
    private final CheckReader checks;

    SqlStepReader(PipelineSource source, StepDefaults defaults, CheckReader checks) {
        this.source = source;
        this.defaults = defaults;
        this.checks = checks;
    }

    Optional<SqlStep> sql(StepHead head, YamlObject fields, StepUses uses) {
        Optional<String> connection = source.connection(fields, defaults.connection());
        Guarantee guarantee = guarantee(fields, head.pivot(), Guarantee.FENCED);
        Optional<SqlSource> undo = undo(head, fields, connection, uses);
        boolean explain = fields.flag("explain").orElse(false);
        return part(head, fields, connection, guarantee, uses)
                .map(part -> new SqlStep(head, connection.orElse(""), guarantee, part, undo, explain));
    }

    Optional<TransactionStep> transaction(StepHead head, YamlObject fields, StepUses uses) {
        Optional<String> connection = source.connection(fields, defaults.connection());
        Guarantee guarantee = guarantee(fields, head.pivot(), Guarantee.FENCED);
        Optional<SqlSource> undo = undo(head, fields, connection, uses);
        YamlValue list = fields.member("transaction").orElseThrow();
        List<TransactionItem> items = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (YamlValue item : list.items()) {
            item.object(ITEM_KEYS)
                    .flatMap(it -> item(head, it, connection, guarantee, uses, names))
                    .ifPresent(items::add);
        }
        if (list.isList() && list.items().isEmpty()) {
            list.refuse("an empty list", "at least one {sql: …}");
        }
        return Optional.of(new TransactionStep(
                head,
                connection.orElse(""),
                guarantee,
                items,
                undo,
                fields.flag("explain").orElse(false)));
    }

    private Optional<TransactionItem> item(
            StepHead head,
            YamlObject fields,
            Optional<String> connection,
            Guarantee guarantee,
            StepUses uses,
            List<String> names) {
        if (fields.has("sql") == fields.has("check")) {
            fields.value().refuse(fields.has("sql") ? "sql and check" : "neither sql nor check", "one of them");
            return Optional.empty();
        }
        if (fields.has("sql")) {
            return part(head, fields, connection, guarantee, uses).map(TransactionItem.Change::new);
        }
        for (String stranger : List.of("outputs", "expect", "allow-clock")) {
            if (fields.has(stranger)) {
                fields.key(stranger).refuse("'" + stranger + "' beside a check", "only check");
            }
        }
        return checks.check(head, fields.member("check").orElseThrow(), connection, false, uses, names)
                .map(TransactionItem.Verify::new);
    }

    private Optional<SqlPart> part(
            StepHead head, YamlObject fields, Optional<String> connection, Guarantee guarantee, StepUses uses) {
        boolean clock = fields.flag("allow-clock").orElse(false);
        Purpose purpose = guarantee == Guarantee.FENCED ? Purpose.CHANGE : Purpose.UNFENCED_CHANGE;
        YamlValue value = fields.member("sql").orElseThrow();
        Optional<SqlText> text = source.sql(value);
        List<Output> outputs = OutputReader.read(fields, OutputSource.AFFECTED, OutputSource.COLUMN);
        boolean takesRows = outputs.stream().anyMatch(output -> output.source() == OutputSource.COLUMN);
        text.ifPresent(sql -> uses.sql(new SqlUse(sql, value, connection.orElse(""), purpose, clock, takesRows)));
        Optional<Expectation> expect =
                fields.member("expect").flatMap(it -> it.object(EXPECT_KEYS)).flatMap(it -> expectation(it, uses));
        return text.map(sql -> new SqlPart(source.source(sql, head.id()), expect, outputs, clock));
    }

    private Optional<SqlSource> undo(StepHead head, YamlObject fields, Optional<String> connection, StepUses uses) {
        Optional<YamlValue> value = fields.member("undo");
        Optional<SqlText> text = value.flatMap(source::sql);
        text.ifPresent(
                sql -> uses.sql(new SqlUse(sql, value.orElseThrow(), connection.orElse(""), Purpose.UNDO, false)));
        return text.map(sql -> source.source(sql, head.id() + ", undo"));
    }

    static Guarantee guarantee(YamlObject fields, boolean pivot, Guarantee usual) {
        Guarantee guarantee = fields.word("guarantee", Guarantee.class).orElse(usual);
        if (pivot && guarantee != Guarantee.FENCED) {
            fields.key("pivot").refuse("a pivot that no fence decides", "a pivot on a step with guarantee: fenced");
        }
        return guarantee;
    }

    private static Optional<Expectation> expectation(YamlObject fields, StepUses uses) {
        List<Condition> affected = fields.required("affected", "a number of rows, or {at-least: 1}")
                .map(value -> affected(value, uses))
                .orElse(List.of());
        Optional<String> refuse = fields.member("else")
                .flatMap(value -> value.object(ELSE_KEYS))
                .flatMap(it -> it.required("refuse", REASON_EXPECTED))
                .flatMap(value -> value.text(REASON, REASON_EXPECTED));
        return affected.isEmpty() ? Optional.empty() : Optional.of(new Expectation(affected, refuse));
    }

    private static List<Condition> affected(YamlValue value, StepUses uses) {
        List<Condition> conditions = Conditions.of(Expectation.VALUE, value, uses);
        boolean countable = conditions.stream()
                .map(Condition::operand)
                .allMatch(operand -> operand instanceof Number
                        || (operand instanceof String reference && reference.startsWith(":")));
        if (!countable) {
            value.refuse(
                    "a number of rows that is no number", "a number, or the output of a step as \":capture.rows\"");
        } else if (!Conditions.impossible(conditions, Optional.empty())
                && Conditions.impossible(conditions, Optional.of(BigDecimal.ZERO))) {
            value.refuse("less than no rows", "a number of rows from 0 on");
        }
        return conditions;
    }
}
