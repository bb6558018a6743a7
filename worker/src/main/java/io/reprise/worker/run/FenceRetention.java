package io.reprise.worker.run;

import io.reprise.activities.saga.FencePurge;
import io.reprise.db.shared.KeptMonths;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Forgets the fences of runs that the ledger dropped at least a month before: an id that is used again in between is still
 * refused by them. A little at a time, so that no step waits for it.
 */
public final class FenceRetention {

    private static final Period LONGER = Period.ofDays(30);
    private static final int AT_ONCE = 2_000;

    private final FencePurge fences;
    private final int atOnce;
    private final Deque<KeptMonths.Days> due = new ArrayDeque<>();

    public FenceRetention(FencePurge fences) {
        this(fences, AT_ONCE);
    }

    FenceRetention(FencePurge fences, int atOnce) {
        this.fences = fences;
        this.atOnce = atOnce;
    }

    /** Says which months the ledger keeps now. */
    public void plan(KeptMonths kept) {
        LocalDate before = kept.from().minus(LONGER).withDayOfMonth(1);
        due.clear();
        due.addAll(kept.forgottenBefore(before));
    }

    /** Does a part of what is due and answers whether there is more. */
    public boolean goOn() throws SQLException {
        KeptMonths.Days days = due.peek();
        if (days == null) {
            return false;
        }
        if (fences.purge(days.first(), days.end(), atOnce) < atOnce) {
            due.remove();
        }
        return !due.isEmpty();
    }
}
