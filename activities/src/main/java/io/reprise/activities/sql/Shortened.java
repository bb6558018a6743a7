package io.reprise.activities.sql;

/** Keeps texts within bounds, and says so where it cut one. */
final class Shortened {

    private Shortened() {}

    static String to(int longest, String text) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + "… (" + text.length() + " characters)";
    }
}
