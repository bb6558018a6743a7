package io.reprise.catalog.sql;

import io.reprise.catalog.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds where a statement reads the time of day. */
final class ClockWords {

    private static final Set<String> ALONE = Set.of(
            "CURRENT_DATE",
            "CURRENT_TIME",
            "CURRENT_TIMESTAMP",
            "LOCALTIME",
            "LOCALTIMESTAMP",
            "UTC_DATE",
            "UTC_TIME",
            "UTC_TIMESTAMP",
            "SYSTIMESTAMP");
    private static final Set<String> CALLED = Set.of(
            "NOW",
            "CLOCK_TIMESTAMP",
            "STATEMENT_TIMESTAMP",
            "TRANSACTION_TIMESTAMP",
            "TIMEOFDAY",
            "CURDATE",
            "CURTIME",
            "SYSDATE",
            "GETDATE",
            "GETUTCDATE",
            "SYSDATETIME",
            "SYSUTCDATETIME",
            "SYSDATETIMEOFFSET");
    private static final Set<String> SQLITE_DATES = Set.of("DATE", "TIME", "DATETIME", "JULIANDAY", "UNIXEPOCH");
    private static final Set<String> MOMENTS = Set.of("now", "today", "tomorrow", "yesterday");
    private static final Set<String> TIME_TYPES = Set.of("DATE", "TIME", "TIMETZ", "TIMESTAMP", "TIMESTAMPTZ");

    private final SqlStatement statement;
    private final Phrase phrase;

    private ClockWords(SqlStatement statement, Phrase phrase) {
        this.statement = statement;
        this.phrase = phrase;
    }

    static List<ClockReading> in(SqlStatement statement, Phrase phrase) {
        ClockWords words = new ClockWords(statement, phrase);
        List<ClockReading> readings = new ArrayList<>();
        for (int i = 0; i < phrase.size(); i++) {
            if (words.readsClock(i)) {
                readings.add(words.reading(i));
            }
        }
        return readings;
    }

    private boolean readsClock(int index) {
        if (phrase.is(index, Kind.STRING)) {
            return isMoment(index);
        }
        if (!phrase.is(index, Kind.WORD) || phrase.at(index - 1).equals(".")) {
            return false;
        }
        String word = phrase.at(index);
        boolean called = phrase.at(index + 1).equals("(");
        if (ALONE.contains(word)) {
            return isReserved(word) && !phrase.at(index + 1).equals(".");
        }
        return called
                && (CALLED.contains(word)
                        || (defaultsToNow(index, word) && !phrase.at(index - 1).equals("INTO")));
    }

    /** SQLite has {@code localtime} only as a modifier in a string, so that it is free for a name. */
    private boolean isReserved(String word) {
        return switch (statement.dialect()) {
            case SQLITE, POSTGRESQL -> word.startsWith("CURRENT_") || (word.startsWith("LOCAL") && !sqlite());
            case MARIADB, MYSQL -> !word.equals("SYSTIMESTAMP");
            case H2 -> !word.startsWith("UTC_");
        };
    }

    private boolean sqlite() {
        return statement.dialect() == SqlDialect.SQLITE;
    }

    /** Functions that take the time of day where they are not given one. */
    private boolean defaultsToNow(int index, String word) {
        int open = index + 1;
        int arguments = argumentsOf(open);
        return switch (statement.dialect()) {
            case SQLITE -> sqliteDefaultsToNow(word, open, arguments);
            case POSTGRESQL -> word.equals("AGE") && arguments == 1;
            case MARIADB, MYSQL -> word.equals("UNIX_TIMESTAMP") && arguments == 0;
            case H2 -> false;
        };
    }

    private boolean sqliteDefaultsToNow(String word, int open, int arguments) {
        if (SQLITE_DATES.contains(word)) {
            return arguments == 0 || namesNow(open);
        }
        boolean formats = word.equals("STRFTIME");
        return (formats && (arguments == 1 || namesNow(open))) || (word.equals("TIMEDIFF") && namesNow(open));
    }

    private boolean namesNow(int open) {
        for (int i = open; i < phrase.closing(open); i++) {
            if (phrase.is(i, Kind.STRING) && content(i).equals("now")) {
                return true;
            }
        }
        return false;
    }

    private int argumentsOf(int open) {
        int close = phrase.closing(open);
        if (close == open + 1) {
            return 0;
        }
        int arguments = 1;
        for (int i = phrase.findOutside(open + 1, Set.of(",")); i < close; i = phrase.findOutside(i + 1, Set.of(","))) {
            arguments++;
        }
        return arguments;
    }

    /** PostgreSQL: {@code 'now'::timestamp}, {@code date 'today'}, {@code cast('yesterday' as date)}. */
    private boolean isMoment(int index) {
        if (statement.dialect() != SqlDialect.POSTGRESQL || !MOMENTS.contains(content(index))) {
            return false;
        }
        boolean cast = phrase.at(index + 1).equals("::") || phrase.at(index + 1).equals("AS");
        return TIME_TYPES.contains(phrase.at(index - 1)) || (cast && TIME_TYPES.contains(phrase.at(index + 2)));
    }

    private String content(int index) {
        String quoted = phrase.tokens().get(index).in(statement.source().text());
        return quoted.length() < 2
                ? ""
                : quoted.substring(1, quoted.length() - 1).strip().toLowerCase(Locale.ROOT);
    }

    private ClockReading reading(int index) {
        Token first = phrase.tokens().get(index);
        String text = statement.source().text();
        boolean called = phrase.is(index, Kind.WORD) && phrase.at(index + 1).equals("(");
        int close = called ? phrase.closing(index + 1) : index;
        int end = phrase.tokens().get(Math.min(close, phrase.size() - 1)).end();
        return new ClockReading(
                text.substring(first.start(), end), statement.source().placeAt(first.start()));
    }
}
