package io.reprise.activities.sql;

import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A statement that was ended because it took longer than its connection allows. The next attempt may be quicker. */
final class StatementTooLong extends SQLException {

    private static final long serialVersionUID = 1;

    StatementTooLong(String connection, Duration limit, @Nullable SQLException answer) {
        super(
                "nothing within " + words(limit) + ", the statement-timeout of connection " + connection
                        + ", and the statement was ended (expected: an answer, or a longer statement-timeout)",
                null,
                0,
                answer);
    }

    private static String words(Duration limit) {
        return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    }
}
