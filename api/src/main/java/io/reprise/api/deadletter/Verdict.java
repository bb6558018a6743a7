package io.reprise.api.deadletter;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/** What became, or would become, of one dead letter. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Verdict(String id, Result result, Optional<String> runId, Optional<String> detail) {

    public enum Result {
        /** A dry run: it can be decided so. */
        PLANNED,
        REPLAYED,
        /** The worker that reads its source replays it; its status tells what became of it. */
        ASKED,
        DISCARDED,
        /** It stays open; the detail says why. */
        REFUSED,
        NOT_FOUND
    }

    static Verdict of(String id, Result result) {
        return new Verdict(id, result, Optional.empty(), Optional.empty());
    }

    static Verdict refused(String id, String detail) {
        return new Verdict(id, Result.REFUSED, Optional.empty(), Optional.of(detail));
    }
}
