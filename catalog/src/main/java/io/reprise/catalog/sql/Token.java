package io.reprise.catalog.sql;

/** A piece of SQL text, from {@code start} up to, not including, {@code end}. */
record Token(Kind kind, int start, int end) {

    enum Kind {
        WORD,
        NUMBER,
        STRING,
        QUOTED_NAME,
        SYMBOL,
        QUESTION,
        /** {@code :name} or {@code :step.output} */
        PARAMETER,
        /** {@code {name}} */
        TABLE,
        TERMINATOR,
        COMMENT,
        /** A comment that a planner reads. */
        HINT,
        EXECUTABLE_OPEN,
        EXECUTABLE_CLOSE,
        /** A line for the database's command-line client, such as {@code \connect} or {@code .read}. */
        CLIENT_COMMAND,
        DELIMITER_COMMAND,
        /** A quote or comment that was opened and never closed; reaches to the end of the text. */
        UNENDED,
        END_OF_TEXT
    }

    String in(String text) {
        return text.substring(start, end);
    }

    /** Whether it is a part of what the database executes, and not of how it is written. */
    boolean isCode() {
        return switch (kind) {
            case WORD, NUMBER, STRING, QUOTED_NAME, SYMBOL, QUESTION, PARAMETER, TABLE, TERMINATOR -> true;
            case CLIENT_COMMAND, UNENDED -> true;
            case COMMENT, HINT, EXECUTABLE_OPEN, EXECUTABLE_CLOSE, DELIMITER_COMMAND, END_OF_TEXT -> false;
        };
    }
}
