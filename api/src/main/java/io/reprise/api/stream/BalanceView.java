package io.reprise.api.stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reprise.workflows.stream.StreamBalance;
import java.util.List;
import java.util.Optional;

/**
 * The balance of a stream.
 *
 * @param balanceId with which to ask again while it is not done
 * @param balanced whether all sides agree; empty while it is not done
 * @param omitted how many more days there are than are shown
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record BalanceView(
        String balanceId,
        String stream,
        boolean done,
        Optional<Boolean> balanced,
        List<StreamBalance.Part> partitions,
        List<StreamBalance.Day> days,
        int omitted) {

    public BalanceView {
        partitions = List.copyOf(partitions);
        days = List.copyOf(days);
    }

    static BalanceView of(String id, String stream, Optional<StreamBalance> found) {
        return found.map(it -> new BalanceView(
                        id, stream, true, Optional.of(it.balanced()), it.partitions(), it.days(), it.omitted()))
                .orElseGet(() -> new BalanceView(id, stream, false, Optional.empty(), List.of(), List.of(), 0));
    }
}
