package io.reprise.catalog.sql;

import static io.reprise.catalog.sql.SqlTrait.*;

import io.reprise.catalog.sql.Token.Kind;

/**
 * Cuts SQL text into tokens, one at a call. It remembers what the text before decides: the delimiter, whether a statement
 * begins, and whether a comment is open that the database executes.
 */
final class Lexer {

    // Dumps mark what no server may execute by a version that none has.
    private static final int NO_SERVER = 999_999;

    private final String text;
    private final SqlDialect dialect;
    private int at;
    private String delimiter = ";";
    private boolean statementBegins = true;
    private int executableDepth;

    Lexer(String text, SqlDialect dialect) {
        this.text = text;
        this.dialect = dialect;
    }

    Token next() {
        while (at < text.length() && (text.charAt(at) <= ' ' || text.charAt(at) == '\uFEFF')) {
            at++;
        }
        int start = at;
        Token token = new Token(at == text.length() ? Kind.END_OF_TEXT : scan(), start, at);
        switch (token.kind()) {
            case TERMINATOR, CLIENT_COMMAND -> statementBegins = true;
            case COMMENT, HINT, DELIMITER_COMMAND, END_OF_TEXT -> {}
            case EXECUTABLE_OPEN, EXECUTABLE_CLOSE, UNENDED -> statementBegins = false;
            case WORD, NUMBER, STRING, QUOTED_NAME, SYMBOL, QUESTION, PARAMETER, TABLE -> statementBegins = false;
        }
        return token;
    }

    boolean insideExecutableComment() {
        return executableDepth > 0;
    }

    /** Passes over the rows that follow a {@code COPY … FROM stdin}: up to a line of {@code \.} */
    int skipCopyRows() {
        do {
            int begin = Math.min(text.length(), Quotes.endOfLine(text, at) + 1);
            at = Quotes.endOfLine(text, begin);
            if (text.substring(begin, at).equals("\\.")) {
                return at;
            }
        } while (at < text.length());
        return at;
    }

    private Kind scan() {
        if (executableDepth == 0 && text.startsWith(delimiter, at)) {
            return take(delimiter.length(), Kind.TERMINATOR);
        }
        if (statementBegins && isClientCommand()) {
            return takeTo(Quotes.endOfLine(text, at), Kind.CLIENT_COMMAND);
        }
        if (statementBegins && dialect.has(DELIMITER_COMMAND) && isDelimiterCommand()) {
            return delimiterCommand();
        }
        char c = text.charAt(at);
        return switch (c) {
            case '\'' -> string('\'');
            case '"' -> dialect.has(BACKSLASH_STRINGS) ? string('"') : quotedName('"');
            case '`' -> dialect.has(BACKTICK_NAMES) ? quotedName('`') : take(1, Kind.SYMBOL);
            case '[' ->
                dialect.has(BRACKET_NAMES)
                        ? takeTo(Quotes.endOfBracket(text, at), Kind.QUOTED_NAME)
                        : take(1, Kind.SYMBOL);
            case '$' -> dollar();
            case '-' -> startsLineComment() ? lineComment() : take(1, Kind.SYMBOL);
            case '#' -> dialect.has(HASH_COMMENTS) ? lineComment() : take(1, Kind.SYMBOL);
            case '/' -> slash();
            case '*' -> executableDepth > 0 && follows("*/") ? closeExecutable() : take(1, Kind.SYMBOL);
            case ':' -> colon();
            case '{' -> brace();
            case '?' -> take(1, Kind.QUESTION);
            default -> plain(c);
        };
    }

    private Kind plain(char c) {
        if (Words.isStart(c)) {
            return word();
        }
        return Words.isDigit(c) ? number() : take(1, Kind.SYMBOL);
    }

    private Kind word() {
        int start = at++;
        while (at < text.length() && Words.isPart(text.charAt(at)) && !text.startsWith(delimiter, at)) {
            at++;
        }
        boolean escaping = dialect.has(E_STRINGS) && at - start == 1 && "eE".indexOf(text.charAt(start)) >= 0;
        return escaping && follows("'") ? takeTo(Quotes.endOfEString(text, at), Kind.STRING) : Kind.WORD;
    }

    private Kind number() {
        at++;
        while (at < text.length()
                && (Words.isPart(text.charAt(at)) || text.charAt(at) == '.')
                && !text.startsWith(delimiter, at)) {
            at++;
        }
        return Kind.NUMBER;
    }

    private Kind string(char quote) {
        int end = dialect.has(BACKSLASH_STRINGS)
                ? Quotes.endOfEscaping(text, at, quote)
                : Quotes.endOfDoubling(text, at, quote);
        return takeTo(end, Kind.STRING);
    }

    private Kind quotedName(char quote) {
        return takeTo(Quotes.endOfDoubling(text, at, quote), Kind.QUOTED_NAME);
    }

    private Kind dollar() {
        String mark = dialect.has(DOLLAR_STRINGS) ? Quotes.dollarMark(text, at, dialect.has(DOLLAR_TAGS)) : "";
        if (mark.isEmpty()) {
            return take(1, Kind.SYMBOL);
        }
        int close = text.indexOf(mark, at + mark.length());
        return takeTo(close < 0 ? Quotes.NEVER : close + mark.length(), Kind.STRING);
    }

    private boolean startsLineComment() {
        if (!follows("--")) {
            return false;
        }
        return !dialect.has(SPACED_DASHES) || at + 2 >= text.length() || text.charAt(at + 2) <= ' ';
    }

    private Kind lineComment() {
        return takeTo(Quotes.endOfLine(text, at), Kind.COMMENT);
    }

    private Kind slash() {
        if (follows("//") && dialect.has(SLASH_COMMENTS)) {
            return lineComment();
        }
        if (!follows("/*")) {
            return take(1, Kind.SYMBOL);
        }
        int mark = dialect.has(BANG_COMMENTS) && follows("/*!") ? 3 : 0;
        mark = dialect.has(M_COMMENTS) && follows("/*M!") ? 4 : mark;
        if (mark > 0 && versionAt(at + mark) < NO_SERVER) {
            executableDepth++;
            return takeTo(endOfDigits(at + mark), Kind.EXECUTABLE_OPEN);
        }
        Kind kind = follows("/*+") ? Kind.HINT : Kind.COMMENT;
        return takeTo(Quotes.endOfComment(text, at, dialect.has(NESTED_COMMENTS)), kind);
    }

    private int versionAt(int from) {
        String digits = text.substring(from, Math.min(endOfDigits(from), from + 9));
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    private int endOfDigits(int from) {
        int end = from;
        while (end < text.length() && Words.isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private Kind closeExecutable() {
        executableDepth--;
        return take(2, Kind.EXECUTABLE_CLOSE);
    }

    /** A colon that is glued to what stands before it parts an array slice or a label, and begins no name. */
    private Kind colon() {
        if (follows("::") || follows(":=")) {
            return take(2, Kind.SYMBOL);
        }
        int end = Words.end(text, at + 1);
        boolean glued = at > 0 && (Words.isPart(text.charAt(at - 1)) || ")]\"'`".indexOf(text.charAt(at - 1)) >= 0);
        if (end == at + 1 || glued) {
            return take(1, Kind.SYMBOL);
        }
        boolean dotted = end < text.length() && text.charAt(end) == '.';
        return takeTo(dotted && Words.end(text, end + 1) > end + 1 ? Words.end(text, end + 1) : end, Kind.PARAMETER);
    }

    private Kind brace() {
        int end = at + 1;
        while (end < text.length() && (Words.isPart(text.charAt(end)) || text.charAt(end) == '-')) {
            end++;
        }
        boolean table = end > at + 1 && end < text.length() && text.charAt(end) == '}';
        return table ? takeTo(end + 1, Kind.TABLE) : take(1, Kind.SYMBOL);
    }

    private boolean isClientCommand() {
        char c = text.charAt(at);
        boolean beginsLine = at == 0 || text.charAt(at - 1) == '\n';
        return (c == '\\' && dialect.has(BACKSLASH_COMMANDS)) || (c == '.' && beginsLine && dialect.has(DOT_COMMANDS));
    }

    private boolean isDelimiterCommand() {
        int end = at + "delimiter".length();
        return text.regionMatches(true, at, "delimiter", 0, "delimiter".length())
                && end < text.length()
                && (text.charAt(end) == ' ' || text.charAt(end) == '\t');
    }

    private Kind delimiterCommand() {
        int lineEnd = Quotes.endOfLine(text, at);
        String given = text.substring(at + "delimiter".length(), lineEnd).strip();
        if (!given.isEmpty()) {
            delimiter = given.split("\\s", 2)[0];
        }
        return takeTo(lineEnd, Kind.DELIMITER_COMMAND);
    }

    private boolean follows(String piece) {
        return text.startsWith(piece, at);
    }

    private Kind take(int length, Kind kind) {
        at += length;
        return kind;
    }

    private Kind takeTo(int end, Kind kind) {
        at = end == Quotes.NEVER ? text.length() : end;
        return end == Quotes.NEVER ? Kind.UNENDED : kind;
    }
}
