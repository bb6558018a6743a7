package io.reprise.catalog.pipeline;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** From when on records count for a step that waits for one. */
public sealed interface Since {

    /** As it stands in a definition. */
    @JsonValue
    String written();

    /** From the moment at which the run was accepted. */
    record Run() implements Since {
        @Override
        public String written() {
            return "run";
        }
    }

    /** From the start of the slot that the run stands for. */
    record Slot() implements Since {
        @Override
        public String written() {
            return "slot";
        }
    }

    /** From so long before the run was accepted. */
    record Back(Duration duration) implements Since {
        @Override
        public String written() {
            return duration.toString();
        }
    }

    @JsonCreator
    static Since of(String written) {
        try {
            return switch (written) {
                case "run" -> new Run();
                case "slot" -> new Slot();
                default -> new Back(Duration.parse(written));
            };
        } catch (DateTimeException noDuration) {
            throw new IllegalArgumentException(
                    "cannot look since '" + written + "' (expected: run, slot or a duration)", noDuration);
        }
    }

    /** The instant that is meant; empty where it would be the start of a slot and there is none. */
    default Optional<Instant> instant(Instant accepted, Optional<Instant> slotStart) {
        return switch (this) {
            case Run() -> Optional.of(accepted);
            case Slot() -> slotStart;
            case Back(Duration duration) -> Optional.of(accepted.minus(duration));
        };
    }
}
