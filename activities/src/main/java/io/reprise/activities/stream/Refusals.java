package io.reprise.activities.stream;

import java.sql.SQLException;
import java.util.stream.Stream;

/** Tells refusals of a record from those of everything else. */
final class Refusals {

    static final String CODE = "refused-by-database";

    private Refusals() {}

    /** Data exceptions, violated constraints, exceeded limits, and what the database's own code refuses. */
    static boolean isTheDatasFault(SQLException refused) {
        String state = refused.getSQLState();
        return state != null && Stream.of("22", "23", "44", "54", "P0").anyMatch(state::startsWith);
    }

    /** It was cancelled, by the limit of a statement as a rule. Less may go through where all of it did not. */
    static boolean isTooSlow(SQLException refused) {
        return "57014".equals(refused.getSQLState());
    }

    static Unloadable ailment(SQLException refused) {
        String state = String.valueOf(refused.getSQLState());
        String words = String.valueOf(refused.getMessage()).lines().findFirst().orElse(state);
        return new Unloadable(CODE, state, "cannot load the record: " + words, refused);
    }
}
