package io.reprise.worker.shared;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** Texts from outside as JSON strings that PostgreSQL can keep: it has no NUL. */
public final class JsonQuote {

    private JsonQuote() {}

    public static String quoted(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(storable(text))) + '"';
    }

    public static String storable(String text) {
        return text.replace('\0', '\ufffd');
    }
}
