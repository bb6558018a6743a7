package io.reprise.catalog.sql;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A statement whose names were resolved.
 *
 * @param jdbc for the driver: {@code ?} for each value
 * @param server what a server sees that tells where it failed; the same as {@code jdbc} elsewhere
 * @param names the values to bind, in order, one for each {@code ?}
 * @param tables the keys of the tables that it names
 * @param problems empty for a statement that can run
 */
public record BoundStatement(
        SqlStatement statement,
        WireText jdbc,
        WireText server,
        List<String> names,
        Set<String> tables,
        List<SqlProblem> problems) {

    public BoundStatement {
        names = List.copyOf(names);
        tables = Set.copyOf(tables);
        problems = List.copyOf(problems);
    }

    /** Where the text says a name, in whatever quotes and case: the offset in the source. */
    public OptionalInt sourceOffsetOf(String name) {
        Lexer lexer = new Lexer(jdbc.text(), statement.dialect());
        Token token = lexer.next();
        while (token.kind() != Token.Kind.END_OF_TEXT) {
            if (names(token, name)) {
                return OptionalInt.of(jdbc.sourceOffset(token.start()));
            }
            token = lexer.next();
        }
        return OptionalInt.empty();
    }

    private boolean names(Token token, String name) {
        String written = token.in(jdbc.text());
        return switch (token.kind()) {
            case WORD, SYMBOL, NUMBER -> written.equalsIgnoreCase(name);
            case QUOTED_NAME -> written.substring(1, written.length() - 1).equalsIgnoreCase(name);
            case STRING, QUESTION, PARAMETER, TABLE, TERMINATOR, COMMENT, HINT -> false;
            case EXECUTABLE_OPEN, EXECUTABLE_CLOSE, CLIENT_COMMAND, DELIMITER_COMMAND, UNENDED, END_OF_TEXT -> false;
        };
    }
}
