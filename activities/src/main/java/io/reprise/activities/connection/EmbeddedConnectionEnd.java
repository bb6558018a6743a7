package io.reprise.activities.connection;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;

/** Tells a pool which connections of databases in this process are gone; their drivers have no state for it. */
public final class EmbeddedConnectionEnd implements SQLExceptionOverride {

    /** SQLite's driver gives its own refusals no number; H2: closed, broken, database closed, or at its shutdown. */
    private static final Set<Integer> GONE = Set.of(0, 90_007, 90_067, 90_098, 90_121);

    @java.lang.Override
    public Override adjudicate(SQLException failure) {
        return GONE.contains(failure.getErrorCode()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
