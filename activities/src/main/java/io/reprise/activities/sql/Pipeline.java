package io.reprise.activities.sql;

import io.reprise.catalog.sql.SqlDialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Statements that go to the server together and cost one round trip. The first that fails stops those after it.
 *
 * <p>The same texts in the same order are prepared once for each connection, so texts must not carry values.
 */
public final class Pipeline {

    private final List<String> texts = new ArrayList<>();
    private final List<Binding> bindings = new ArrayList<>();

    public Pipeline add(String text, @Nullable Object... values) {
        return add(text, (statement, from) -> {
            int index = from;
            for (Object value : values) {
                statement.setObject(index++, value);
            }
            return index;
        });
    }

    public Pipeline add(String text, Binding binding) {
        texts.add(text);
        bindings.add(binding);
        return this;
    }

    /** Adds all statements of another one, in their order, after those that are here. */
    public Pipeline addAll(Pipeline other) {
        texts.addAll(other.texts);
        bindings.addAll(other.bindings);
        return this;
    }

    public int size() {
        return texts.size();
    }

    /** As the database takes them best; one result for each statement, in order. */
    public List<StatementResult> run(SqlDialect dialect, Connection connection) throws SQLException {
        return switch (dialect) {
            case POSTGRESQL, MARIADB, MYSQL -> run(connection);
            case SQLITE, H2 -> runEach(connection);
        };
    }

    /** For databases that run inside of this process, and read only the first of several statements. */
    public List<StatementResult> runEach(Connection connection) throws SQLException {
        List<StatementResult> results = new ArrayList<>(texts.size());
        for (int n = 0; n < texts.size(); n++) {
            try (PreparedStatement statement = connection.prepareStatement(texts.get(n))) {
                bindings.get(n).bind(statement, 1);
                results.addAll(resultsOf(statement));
            }
        }
        return results;
    }

    /** One result for each statement, in order. */
    public List<StatementResult> run(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(String.join(";\n", texts))) {
            int index = 1;
            for (Binding binding : bindings) {
                index = binding.bind(statement, index);
            }
            return resultsOf(statement);
        }
    }

    private static List<StatementResult> resultsOf(PreparedStatement statement) throws SQLException {
        List<StatementResult> results = new ArrayList<>();
        boolean rows = statement.execute();
        while (rows || statement.getUpdateCount() != -1) {
            results.add(rows ? read(statement.getResultSet()) : StatementResult.updated(statement.getUpdateCount()));
            rows = statement.getMoreResults();
        }
        return results;
    }

    private static StatementResult read(ResultSet rows) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        List<Row> read = new ArrayList<>();
        while (rows.next()) {
            List<@Nullable Object> values = new ArrayList<>(columns);
            for (int column = 1; column <= columns; column++) {
                values.add(rows.getObject(column));
            }
            read.add(new Row(Collections.unmodifiableList(values)));
        }
        return new StatementResult(read.size(), read);
    }

    /** Sets the parameters of one statement from an index on and answers the next free one. */
    @FunctionalInterface
    public interface Binding {
        int bind(PreparedStatement statement, int from) throws SQLException;
    }
}
