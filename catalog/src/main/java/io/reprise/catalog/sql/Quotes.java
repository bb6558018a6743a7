package io.reprise.catalog.sql;

/** Finds where strings, quoted names and comments end. Each answers the offset after the end, or {@link #NEVER}. */
final class Quotes {

    static final int NEVER = -1;

    private Quotes() {}

    /** From the opening quote on; a doubled quote stands for itself. */
    static int endOfDoubling(String text, int from, char quote) {
        for (int at = text.indexOf(quote, from + 1); at >= 0; at = text.indexOf(quote, at + 2)) {
            if (at + 1 >= text.length() || text.charAt(at + 1) != quote) {
                return at + 1;
            }
        }
        return NEVER;
    }

    /** As {@link #endOfDoubling}, and a backslash makes the next character one of the string. */
    static int endOfEscaping(String text, int from, char quote) {
        int at = from + 1;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == quote && (at + 1 >= text.length() || text.charAt(at + 1) != quote)) {
                return at + 1;
            }
            at += c == '\\' || c == quote ? 2 : 1;
        }
        return NEVER;
    }

    /** PostgreSQL: an {@code E''} string goes on, with its escapes, in a quote on one of the next lines. */
    static int endOfEString(String text, int from) {
        int end = endOfEscaping(text, from, '\'');
        while (end != NEVER) {
            int next = end;
            while (next < text.length() && text.charAt(next) <= ' ') {
                next++;
            }
            boolean goesOn = next < text.length()
                    && text.charAt(next) == '\''
                    && text.substring(end, next).indexOf('\n') >= 0;
            if (!goesOn) {
                return end;
            }
            end = endOfEscaping(text, next, '\'');
        }
        return NEVER;
    }

    static int endOfBracket(String text, int from) {
        int close = text.indexOf(']', from);
        return close < 0 ? NEVER : close + 1;
    }

    static int endOfLine(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
        return at;
    }

    static int endOfComment(String text, int from, boolean nested) {
        int depth = 1;
        int at = from + 2;
        while (at < text.length()) {
            if (text.startsWith("*/", at)) {
                at += 2;
                if (--depth == 0) {
                    return at;
                }
            } else if (nested && text.startsWith("/*", at)) {
                at += 2;
                depth++;
            } else {
                at++;
            }
        }
        return NEVER;
    }

    /** The opening mark of a dollar-quoted string, such as {@code $$} or {@code $body$}; empty where there is none. */
    static String dollarMark(String text, int from, boolean tagged) {
        int at = from + 1;
        while (tagged && at < text.length() && isTagPart(text.charAt(at), at == from + 1)) {
            at++;
        }
        return at < text.length() && text.charAt(at) == '$' ? text.substring(from, at + 1) : "";
    }

    private static boolean isTagPart(char c, boolean first) {
        return c != '$' && (first ? Words.isStart(c) : Words.isPart(c));
    }
}
