package io.reprise.catalog.sql;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Resolves the names in statements: {@code :name} and {@code :step.output} become values to bind, {@code {table}} a quoted
 * name. Both come from closed sets, and nothing else is substituted.
 */
public final class SqlBinder {

    private final Map<String, TableName> tables;
    private final Set<String> names;

    /**
     * @param tables what each {@code {key}} stands for
     * @param names the values that there are, {@code step.output} for the output of a step
     */
    public SqlBinder(Map<String, TableName> tables, Collection<String> names) {
        this.tables = Map.copyOf(tables);
        this.names = Set.copyOf(names);
    }

    public BoundStatement bind(SqlStatement statement) {
        return new Binding(statement, tables, names).bind();
    }

    public List<BoundStatement> bind(SqlScript script) {
        return script.statements().stream().map(this::bind).toList();
    }
}
