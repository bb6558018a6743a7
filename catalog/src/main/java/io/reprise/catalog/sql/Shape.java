package io.reprise.catalog.sql;

import java.util.Locale;

/** A token as a grammar sees it: words in upper case, symbols as they are, all else by its kind. */
final class Shape {

    static final String STRING = "'string'";
    private static final String NAME = "\"name\"";
    private static final String VALUE = "0";

    private Shape() {}

    static String of(Token token, String text) {
        return switch (token.kind()) {
            case WORD -> token.in(text).toUpperCase(Locale.ROOT);
            case STRING, UNENDED -> STRING;
            case QUOTED_NAME, TABLE -> NAME;
            case NUMBER, PARAMETER -> VALUE;
            case TERMINATOR -> ";";
            case SYMBOL, QUESTION, CLIENT_COMMAND, DELIMITER_COMMAND -> token.in(text);
            case COMMENT, HINT, EXECUTABLE_OPEN, EXECUTABLE_CLOSE, END_OF_TEXT -> "";
        };
    }
}
