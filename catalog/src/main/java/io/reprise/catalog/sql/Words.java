package io.reprise.catalog.sql;

/** What unquoted words of SQL are made of. */
final class Words {

    private Words() {}

    static boolean isStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c >= 0x80 && c != '\uFEFF');
    }

    static boolean isPart(char c) {
        return isStart(c) || isDigit(c) || c == '$';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** The offset after the word that begins at {@code from}; {@code from} itself where none does. */
    static int end(String text, int from) {
        int at = from;
        while (at < text.length() && (at == from ? isStart(text.charAt(at)) : isPart(text.charAt(at)))) {
            at++;
        }
        return at;
    }
}
