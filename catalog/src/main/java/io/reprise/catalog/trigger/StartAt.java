package io.reprise.catalog.trigger;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Where a trigger begins in a topic in which it has never been. */
public sealed interface StartAt {

    /** As it stands in a definition. */
    @JsonValue
    String written();

    /** With the first record that Kafka has. */
    record Earliest() implements StartAt {
        @Override
        public String written() {
            return "earliest";
        }
    }

    /** With what comes from then on. */
    record Latest() implements StartAt {
        @Override
        public String written() {
            return "latest";
        }
    }

    /** With the first record that is not older. */
    record From(Instant instant) implements StartAt {
        @Override
        public String written() {
            return instant.toString();
        }
    }

    @JsonCreator
    static StartAt of(String written) {
        return read(written)
                .orElseThrow(() -> new IllegalArgumentException(
                        "cannot start at '" + written + "' (expected: earliest, latest or an instant)"));
    }

    static Optional<StartAt> read(String written) {
        try {
            return Optional.of(
                    switch (written) {
                        case "earliest" -> new Earliest();
                        case "latest" -> new Latest();
                        default -> new From(Instant.parse(written));
                    });
        } catch (DateTimeException noInstant) {
            return Optional.empty();
        }
    }
}
