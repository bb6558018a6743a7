package io.reprise.catalog.pipeline;

import io.reprise.catalog.shared.YamlObject;
import io.reprise.catalog.shared.YamlValue;
import io.reprise.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code check} steps and the checks of transactions.
 *
 * <p>Refused: checks of two sorts at once, names that stand twice, columns that stand twice, and bounds between which there
 * is nothing.
 */
final class CheckReader {

    static final List<String> KEYS = List.of("name", "sql", "unique", "not-null", "rows");
    static final List<String> COLUMN_KEYS = List.of("table", "columns");
    static final List<String> ROW_KEYS = List.of("table", "min", "max");

    static final int MOST_ROWS = 999_999_999;

    private static final List<String> SORTS = List.of("sql", "unique", "not-null", "rows");

    private final PipelineSource source;
    private final StepDefaults defaults;

    CheckReader(PipelineSource source, StepDefaults defaults) {
        this.source = source;
        this.defaults = defaults;
    }

    Optional<CheckStep> step(StepHead head, YamlObject fields, StepUses uses) {
        Optional<String> connection = source.connection(fields, defaults.connection());
        boolean clock = fields.flag("allow-clock").orElse(false);
        YamlValue list = fields.member("check").orElseThrow();
        List<CheckDefinition> checks = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (YamlValue item : list.itemsOrOne()) {
            check(head, item, connection, clock, uses, names).ifPresent(checks::add);
        }
        if (list.isList() && list.items().isEmpty()) {
            list.refuse("an empty list", "at least one check");
        }
        boolean explain = fields.flag("explain").orElse(false);
        return Optional.of(new CheckStep(head, connection.orElse(""), checks, explain));
    }

    /** @param names of the checks of this step so far */
    Optional<CheckDefinition> check(
            StepHead head,
            YamlValue item,
            Optional<String> connection,
            boolean clock,
            StepUses uses,
            List<String> names) {
        Optional<YamlObject> fields = item.object(KEYS);
        List<String> sorts = fields.stream()
                .flatMap(it -> it.keys().stream())
                .filter(SORTS::contains)
                .toList();
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        if (sorts.size() != 1) {
            item.refuse(
                    sorts.isEmpty() ? "a check of nothing" : String.join(" and ", sorts),
                    "one of " + String.join(", ", SORTS));
            return Optional.empty();
        }
        YamlValue value = fields.get().member(sorts.getFirst()).orElseThrow();
        Optional<String> name = fields.get().text("name");
        Optional<CheckDefinition> check = switch (sorts.getFirst()) {
            case "sql" -> sql(head, fields.get(), value, connection, clock, uses);
            case "rows" -> rows(name, value, uses);
            default -> columns(sorts.getFirst(), name, value, uses);
        };
        check.ifPresent(it -> noteName(it.name(), fields.get(), names));
        return check;
    }

    private static void noteName(String name, YamlObject fields, List<String> names) {
        if (names.contains(name)) {
            fields.member("name")
                    .orElse(fields.value())
                    .refuse("the check '" + name + "' twice", "a name that stands once");
        }
        names.add(name);
    }

    private Optional<CheckDefinition> sql(
            StepHead head,
            YamlObject fields,
            YamlValue value,
            Optional<String> connection,
            boolean clock,
            StepUses uses) {
        Optional<String> name =
                fields.required("name", "what it checks, such as conserved").flatMap(YamlValue::text);
        Optional<SqlText> text = source.sql(value);
        text.ifPresent(sql -> uses.sql(new SqlUse(sql, value, connection.orElse(""), SqlUse.Purpose.CHECK, clock)));
        return text.map(sql -> {
            String called = name.orElse("?");
            return new CheckDefinition.NoRows(called, source.source(sql, head.id() + ", check " + called), clock);
        });
    }

    private static Optional<CheckDefinition> rows(Optional<String> name, YamlValue value, StepUses uses) {
        Optional<YamlObject> fields = value.object(ROW_KEYS);
        Optional<String> table = fields.flatMap(it -> table(it, uses));
        Optional<Integer> min = fields.flatMap(it -> it.integer("min", 0, MOST_ROWS));
        Optional<Integer> max = fields.flatMap(it -> it.integer("max", 0, MOST_ROWS));
        if (fields.isPresent() && !fields.get().has("min") && !fields.get().has("max")) {
            value.refuse("neither min nor max", "min: or max:, or both");
        }
        if (min.isPresent() && max.isPresent() && min.get() > max.get()) {
            value.refuse("rows from " + min.get() + " to " + max.get(), "a min that is not above the max");
        }
        return table.map(it -> new CheckDefinition.RowCount(name.orElse("rows of " + it), it, min, max));
    }

    private static Optional<CheckDefinition> columns(
            String sort, Optional<String> name, YamlValue value, StepUses uses) {
        Optional<YamlObject> fields = value.object(COLUMN_KEYS);
        Optional<String> table = fields.flatMap(it -> table(it, uses));
        List<String> columns = fields.flatMap(it -> it.required("columns", "a list of columns"))
                .map(CheckReader::columns)
                .orElse(List.of());
        if (table.isEmpty() || columns.isEmpty()) {
            return Optional.empty();
        }
        String called = name.orElse(sort + " " + table.get() + "(" + String.join(", ", columns) + ")");
        return Optional.of(
                sort.equals("unique")
                        ? new CheckDefinition.Unique(called, table.get(), columns)
                        : new CheckDefinition.NotNull(called, table.get(), columns));
    }

    /** At least one column, each once. */
    static List<String> columns(YamlValue list) {
        List<String> columns = new ArrayList<>();
        for (YamlValue item : list.items()) {
            Optional<String> column =
                    item.text(TableReader.IDENTIFIER, "a column: letters, digits and _, without quotes");
            if (column.filter(columns::contains).isPresent()) {
                item.refuse("the column '" + column.get() + "' twice", "it once");
            }
            column.ifPresent(columns::add);
        }
        if (list.isList() && list.items().isEmpty()) {
            list.refuse("an empty list", "at least one column");
        }
        return columns;
    }

    private static Optional<String> table(YamlObject fields, StepUses uses) {
        Optional<YamlValue> value = fields.required("table", "a name from tables:");
        Optional<String> alias = value.flatMap(YamlValue::text);
        alias.ifPresent(it -> uses.table(it, value.orElseThrow()));
        return alias;
    }
}
