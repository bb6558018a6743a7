package io.reprise.activities.sql;

import io.reprise.catalog.sql.BoundStatement;
import io.reprise.catalog.sql.Place;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.catalog.sql.SqlText;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Tells a failure of a statement in the database's words, without what only its driver adds, and shows where it is. */
final class FailureWords {

    private static final int LONGEST = 2_000;
    private static final String H2_STATEMENT = "; SQL statement:";

    private FailureWords() {}

    static StatementFailed of(BoundStatement statement, SQLException failure, Secrets secrets) {
        SqlDialect dialect = statement.statement().dialect();
        SqlText source = statement.statement().source();
        int offset =
                FailurePlace.in(statement, failure).orElse(statement.statement().offset());
        Place place = source.placeAt(offset);
        String words = Shortened.to(LONGEST, secrets.masked(words(failure)));
        String message = SqlFailures.code(failure) + words + "\nat " + place + "\n" + source.shown(offset);
        return new StatementFailed(message, failure, SqlFailures.isTransient(dialect, failure), secrets.isEmpty());
    }

    private static String words(SQLException failure) {
        if (failure instanceof PSQLException told && told.getServerErrorMessage() != null) {
            return words(told.getServerErrorMessage());
        }
        String message = String.valueOf(failure.getMessage());
        int statement = message.indexOf(H2_STATEMENT);
        return statement < 0 ? message : message.substring(0, statement);
    }

    private static String words(ServerErrorMessage told) {
        StringBuilder words = new StringBuilder(String.valueOf(told.getMessage()));
        append(words, "detail", told.getDetail());
        append(words, "hint", told.getHint());
        append(words, "where", told.getWhere());
        return words.toString();
    }

    private static void append(StringBuilder words, String name, @Nullable String text) {
        if (text != null) {
            words.append("; ").append(name).append(": ").append(text);
        }
    }
}
