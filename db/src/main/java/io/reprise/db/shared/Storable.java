package io.reprise.db.shared;

import org.jspecify.annotations.Nullable;

/** Texts from outside as PostgreSQL can keep them: it has no NUL. */
public final class Storable {

    private static final char STAND_IN = '\ufffd';

    private Storable() {}

    public static String text(String found) {
        return found.replace('\0', STAND_IN);
    }

    public static @Nullable String textOrNull(@Nullable String found) {
        return found == null ? null : text(found);
    }

    /** Longer ones are cut. */
    public static String text(String found, int longest) {
        return text(found.length() <= longest ? found : found.substring(0, longest));
    }

    /** A longer one is left out, for half of a JSON text is none. */
    public static String json(String found, int longest) {
        if (found.length() <= longest) {
            return found;
        }
        return "{\"omitted\":\"" + found.length() + " characters, more than the " + longest + " that are kept\"}";
    }
}
