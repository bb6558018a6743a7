package io.reprise.catalog.trigger;

import io.reprise.catalog.shared.FieldError;
import io.reprise.catalog.shared.Json;
import io.reprise.catalog.shared.RecordFilter;
import io.reprise.catalog.shared.RecordPath;
import java.util.List;
import java.util.Optional;

/**
 * A record whose bytes were read.
 *
 * @param key as text, or in base64 where it is none
 * @param size of the value in bytes
 * @param value {@code null} in JSON where there is none
 */
record DecodedRecord(RecordPlace place, Optional<String> key, int size, Json value) {

    /** A record without a value. */
    static final Json NONE = new Json.Nothing();

    /** The text, number or truth value at a path; notes where there is none. */
    Optional<String> scalar(RecordPath path, List<FieldError> errors) {
        Optional<Json> found = path.in(value);
        Optional<String> text = found.flatMap(RecordFilter::text);
        if (text.isEmpty()) {
            errors.add(new FieldError(
                    path.pointer(), found.map(Json::words).orElse("nothing"), "a text, a number or a truth value"));
        }
        return text;
    }
}
