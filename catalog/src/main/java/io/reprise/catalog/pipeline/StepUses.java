package io.reprise.catalog.pipeline;

import io.reprise.catalog.shared.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects what one step reads, to be looked at when all of the pipeline is known. */
final class StepUses {

    private static final Pattern PLACEHOLDER = Pattern.compile("(?<!\\$)\\{([^{}]*)}");

    private final List<SqlUse> sqls = new ArrayList<>();
    private final List<ValueUse> values = new ArrayList<>();
    private final List<TableUse> tables = new ArrayList<>();

    void sql(SqlUse use) {
        sqls.add(use);
    }

    void table(String alias, YamlValue at) {
        tables.add(new TableUse(alias, at));
    }

    void value(String name, YamlValue at) {
        values.add(new ValueUse(name, at, false));
    }

    /** Notes the name in a scalar that stands for another value. */
    void operand(Object scalar, YamlValue at) {
        if (scalar instanceof String text && text.startsWith(":")) {
            value(text.substring(1), at);
        }
    }

    void operands(Map<String, Object> scalars, YamlValue at) {
        scalars.values().forEach(scalar -> operand(scalar, at));
    }

    /** Notes the names in a text with <code>{name}</code>. */
    void placeholders(String text, YamlValue at) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            value(matcher.group(1), at);
        }
    }

    /** Takes over what a condition of the run reads. */
    void when(StepUses condition) {
        condition.values.forEach(use -> values.add(new ValueUse(use.name(), use.at(), true)));
    }

    List<SqlUse> sqls() {
        return sqls;
    }

    List<ValueUse> values() {
        return values;
    }

    List<TableUse> tables() {
        return tables;
    }
}
