package io.reprise.db.shared;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The months whose runs the ledger knows, by their first days: all from one on, and older ones that stay for the sake of a run
 * that has not ended.
 */
public record KeptMonths(LocalDate from, List<LocalDate> held) {

    /** Days from the first one on, the last one excluded. */
    public record Days(LocalDate first, LocalDate end) {}

    public KeptMonths {
        if (from.getDayOfMonth() != 1) {
            throw new IllegalArgumentException("cannot keep months from " + from + " (expected: the first of a month)");
        }
        held = held.stream().sorted().toList();
    }

    public boolean include(LocalDate day) {
        return !day.isBefore(from) || held.contains(day.withDayOfMonth(1));
    }

    /** The days before that one of which no run is known, oldest first. */
    public List<Days> forgottenBefore(LocalDate day) {
        LocalDate end = day.isBefore(from) ? day : from;
        List<Days> forgotten = new ArrayList<>();
        LocalDate first = LocalDate.EPOCH;
        for (LocalDate month : held) {
            if (month.isBefore(end)) {
                forgotten.add(new Days(first, month));
                first = month.plusMonths(1);
            }
        }
        if (first.isBefore(end)) {
            forgotten.add(new Days(first, end));
        }
        return forgotten;
    }
}
