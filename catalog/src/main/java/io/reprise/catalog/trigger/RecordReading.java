package io.reprise.catalog.trigger;

import io.reprise.catalog.shared.FieldError;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a trigger makes of one record. */
public sealed interface RecordReading {

    /**
     * It asks for a run. Consecutive records that ask for equal things may share one.
     *
     * @param key among the runs of which the run has its place
     */
    record Asks(Wish wish, Optional<String> key) implements RecordReading {}

    /** It is none of those that the trigger is for. */
    record Filtered() implements RecordReading {}

    /**
     * It cannot be read now.
     *
     * @param away whether nobody could say; else nobody knows the record's schema, and one day it counts as bad
     */
    record NotYet(boolean away, String words) implements RecordReading {

        /** What it is where it is given up. */
        public Refused givenUp() {
            return new Refused(
                    Refused.UNKNOWN_SCHEMA,
                    "cannot read a record: " + words,
                    List.of(),
                    Refused.UNKNOWN_SCHEMA + ":" + words.replaceAll("[0-9]+", "N"));
        }
    }

    /**
     * It can never ask for a run.
     *
     * @param code {@code malformed} where it cannot be read, {@code invalid} where it says the wrong things
     * @param fingerprint equal for records that are wrong in the same places
     */
    record Refused(String code, String message, List<FieldError> errors, String fingerprint) implements RecordReading {

        public static final String MALFORMED = "malformed";
        static final String INVALID = "invalid";
        static final String UNKNOWN_SCHEMA = "unknown-schema";

        public Refused {
            errors = List.copyOf(errors);
        }

        static Refused of(BadRecord bad) {
            String more =
                    bad.errors().size() == 1 ? "" : ", and " + (bad.errors().size() - 1) + " more";
            return new Refused(
                    bad.code(),
                    "cannot read " + bad.what() + ": " + bad.errors().getFirst() + more,
                    bad.errors(),
                    bad.code()
                            + bad.errors().stream()
                                    .map(error -> error.pointer().replaceAll("/[0-9]+", "/*"))
                                    .distinct()
                                    .sorted()
                                    .collect(Collectors.joining(" ", ":", "")));
        }
    }
}
