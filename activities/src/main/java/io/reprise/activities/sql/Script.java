package io.reprise.activities.sql;

import io.reprise.catalog.sql.BoundStatement;
import java.util.List;
import java.util.Map;

/**
 * Statements to run one after the other in one transaction, with the values for their names.
 *
 * @param explain whether to ask for the plan of each statement before it runs
 * @param keepRows how many of the rows that a statement answers are kept; all are counted
 */
public record Script(List<BoundStatement> statements, Map<String, Parameter> values, boolean explain, int keepRows) {

    public Script {
        statements = List.copyOf(statements);
        values = Map.copyOf(values);
        if (keepRows < 0) {
            throw new IllegalArgumentException("cannot keep " + keepRows + " rows (expected: 0 or more)");
        }
    }

    /** Keeps the first row of each answer, which is what outputs are taken from. */
    public static Script of(List<BoundStatement> statements, Map<String, Parameter> values) {
        return new Script(statements, values, false, 1);
    }

    Parameter parameter(String name) {
        Parameter parameter = values.get(name);
        if (parameter == null) {
            throw new IllegalStateException("cannot bind :" + name + " (expected: one of " + values.keySet() + ")");
        }
        return parameter;
    }
}
