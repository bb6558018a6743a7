package io.reprise.activities.stream;

import org.jspecify.annotations.Nullable;

/** A record that can never become a row, with a stable code and the words for whoever has to mend it. */
final class Unloadable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final String place;

    /** @param place the field, or empty for the record as a whole */
    Unloadable(String code, String place, String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
        this.code = code;
        this.place = place;
    }

    static Unloadable field(String code, String field, String found, String expected) {
        return new Unloadable(
                code, field, "cannot load field " + field + ": found " + found + " (expected: " + expected + ")", null);
    }

    String code() {
        return code;
    }

    /** The same for all records that fail alike. */
    String fingerprint() {
        return place.isEmpty() ? code : code + ":" + place;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
