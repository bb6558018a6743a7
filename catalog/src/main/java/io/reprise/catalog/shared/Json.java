package io.reprise.catalog.shared;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A JSON value as it was written: numbers keep their text, and a key that stands twice is remembered. */
public sealed interface Json {

    /** What it is, for messages. */
    String words();

    record Members(Map<String, Json> members, Set<String> writtenTwice) implements Json {
        @Override
        public String words() {
            return "an object";
        }
    }

    record Items(List<Json> items) implements Json {
        @Override
        public String words() {
            return "an array";
        }
    }

    record Text(String value) implements Json {
        private static final int SHOWN = 60;

        /** Quoted, without control characters, and cut where it is long. */
        @Override
        public String words() {
            String shown = value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
            String suffix = value.length() <= SHOWN ? "" : " (" + value.length() + " characters)";
            return '"' + shown.replaceAll("\\p{Cntrl}", "�") + '"' + suffix;
        }
    }

    record Numeral(String written) implements Json {
        private static final int SHOWN = 40;

        /** Empty where it is written with an exponent that no number has here. It may be too large to be written out. */
        public Optional<BigDecimal> number() {
            try {
                return Optional.of(new BigDecimal(written));
            } catch (NumberFormatException none) {
                return Optional.empty();
            }
        }

        @Override
        public String words() {
            return written.length() <= SHOWN
                    ? written
                    : written.substring(0, SHOWN) + "… (" + written.length() + " digits)";
        }
    }

    record Truth(boolean value) implements Json {
        @Override
        public String words() {
            return Boolean.toString(value);
        }
    }

    record Nothing() implements Json {
        @Override
        public String words() {
            return "null";
        }
    }
}
