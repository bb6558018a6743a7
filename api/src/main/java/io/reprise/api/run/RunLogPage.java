package io.reprise.api.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * Some lines of the log of a run, by time.
 *
 * @param next the cursor of the next page; absent where there is none yet
 * @param position behind the last of these lines: a follower asks from there
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RunLogPage(List<RunLogLine> items, Optional<String> next, String position) {

    public RunLogPage {
        items = List.copyOf(items);
    }
}
