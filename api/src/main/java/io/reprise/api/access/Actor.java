package io.reprise.api.access;

import org.jspecify.annotations.Nullable;

/**
 * Who decided something, for the operators' audit. It is what the caller says of itself: the token, where there is one, is
 * what opened the door.
 */
public record Actor(String name) {

    public static final String HEADER = "Reprise-Actor";

    private static final String FORM = "[\\x21-\\x7E]{1,100}";

    public static Actor of(@Nullable String claimed) {
        return new Actor(claimed != null && claimed.matches(FORM) ? claimed : "unnamed");
    }
}
