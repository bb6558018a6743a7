package io.reprise.activities.sql;

import io.reprise.catalog.sql.BoundStatement;
import java.sql.SQLException;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Finds where in its file a statement failed. PostgreSQL and H2 tell; of others the words name what they stumbled over. */
final class FailurePlace {

    private static final Pattern MYSQL_SYNTAX = Pattern.compile("near '(.*)' at line (\\d+)", Pattern.DOTALL);
    /** H2 writes a line break as {@code \000a}. */
    private static final Pattern H2_ESCAPE = Pattern.compile("\\\\[0-9a-f]{4}");

    private static final Pattern H2_MARK = Pattern.compile("SQL statement \"(.*?)\\[\\*]", Pattern.DOTALL);

    /** What is named: {@code near "x"}, {@code Unknown column 'x'}, {@code no such table: x}, {@code Table "X" not found}. */
    private static final Pattern NAMED =
            Pattern.compile("(?i)(?:near|unrecognized token:|column|table|function|procedure"
                    + "|named|view|index|schema|trigger|for column)[: ]+[\"'`]?([^\"'`\\s;:,()]+)");

    private static final int MOST_OF_NEAR = 40;

    private FailurePlace() {}

    /** An offset in the file's text. */
    static OptionalInt in(BoundStatement statement, SQLException failure) {
        return switch (statement.statement().dialect()) {
            case POSTGRESQL -> onPostgres(statement, failure);
            case MARIADB, MYSQL -> onMysql(statement, String.valueOf(failure.getMessage()));
            case SQLITE -> named(statement, String.valueOf(failure.getMessage()));
            case H2 -> onH2(statement, String.valueOf(failure.getMessage()));
        };
    }

    private static OptionalInt onPostgres(BoundStatement statement, SQLException failure) {
        if (!(failure instanceof PSQLException told)) {
            return OptionalInt.empty();
        }
        ServerErrorMessage message = told.getServerErrorMessage();
        return message == null || message.getPosition() < 1
                ? OptionalInt.empty()
                : OptionalInt.of(statement.server().sourceOffsetOfCharacter(message.getPosition()));
    }

    private static OptionalInt onMysql(BoundStatement statement, String message) {
        Matcher syntax = MYSQL_SYNTAX.matcher(message);
        if (!syntax.find()) {
            return named(statement, message);
        }
        String text = statement.jdbc().text();
        int from = lineStart(text, Integer.parseInt(syntax.group(2)));
        String near = syntax.group(1);
        // Values stand in what the server saw and not in ours: the longest beginning that both have.
        for (int length = Math.min(MOST_OF_NEAR, near.length()); length > 0; length--) {
            int at = text.indexOf(near.substring(0, length), from);
            if (at >= 0) {
                return OptionalInt.of(statement.jdbc().sourceOffset(at));
            }
        }
        return near.isEmpty() ? OptionalInt.of(statement.statement().end()) : OptionalInt.empty();
    }

    private static int lineStart(String text, int line) {
        int start = 0;
        for (int passed = 1; passed < line && text.indexOf('\n', start) >= 0; passed++) {
            start = text.indexOf('\n', start) + 1;
        }
        return start;
    }

    private static OptionalInt onH2(BoundStatement statement, String message) {
        Matcher mark = H2_MARK.matcher(message);
        if (!mark.find()) {
            return named(statement, message);
        }
        int offset = H2_ESCAPE
                .matcher(mark.group(1).replace("\"\"", "\""))
                .replaceAll(" ")
                .length();
        return OptionalInt.of(statement.jdbc().sourceOffset(offset));
    }

    private static OptionalInt named(BoundStatement statement, String message) {
        Matcher names = NAMED.matcher(message);
        while (names.find()) {
            String name = names.group(1);
            OptionalInt found = statement.sourceOffsetOf(name.substring(name.lastIndexOf('.') + 1));
            if (found.isPresent()) {
                return found;
            }
        }
        return OptionalInt.empty();
    }
}
