package io.reprise.catalog.pipeline;

import io.reprise.catalog.shared.YamlValue;
import io.reprise.catalog.sql.SqlText;

/**
 * Some SQL of a step, to be looked at when all of the pipeline is known.
 *
 * @param at where the definition names it
 * @param connection blank where the definition names none that there is
 * @param takesRows whether an output takes a column of what the last statement answers
 */
record SqlUse(SqlText text, YamlValue at, String connection, Purpose purpose, boolean allowClock, boolean takesRows) {

    SqlUse(SqlText text, YamlValue at, String connection, Purpose purpose, boolean allowClock) {
        this(text, at, connection, purpose, allowClock, false);
    }

    /** What its statements are for. */
    enum Purpose {
        /** Changes data behind a fence. */
        CHANGE,
        /** Changes data in a database or a step that promises no fence. */
        UNFENCED_CHANGE,
        UNDO,
        /** Answers the offending rows. */
        CHECK,
        /** Answers a row as soon as there is one. */
        LOOK,
        /** A condition on the rows of a table. */
        SCOPE
    }
}
