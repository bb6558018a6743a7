package io.reprise.activities.sql;

import io.reprise.catalog.sql.Place;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A statement that was run. It holds no secret, and is within bounds.
 *
 * @param number among the statements of the script, from 1
 * @param text as its author wrote it
 * @param parameters what was bound, by name in the order of the text; secrets masked
 * @param rows changed or answered; empty where it failed
 * @param plan how the database would run it, where the step asked
 * @param failure what the database said, where it refused
 */
public record LoggedStatement(
        int number,
        Place place,
        String text,
        Map<String, String> parameters,
        OptionalLong rows,
        Duration took,
        int attempt,
        Optional<String> plan,
        Optional<String> failure) {

    static final int LONGEST_TEXT = 8_192;

    public LoggedStatement {
        text = Shortened.to(LONGEST_TEXT, text);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
