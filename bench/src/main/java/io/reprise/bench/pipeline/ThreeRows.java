package io.reprise.bench.pipeline;

import java.sql.SQLException;

/** What three inserts leave behind. */
final class ThreeRows {

    private ThreeRows() {}

    /** Fails unless every run left its three rows, and nothing else did. */
    static void require(Warehouse warehouse, String table, long runs) throws SQLException {
        long found = warehouse.count("select count(*) from " + table);
        if (found != 3 * runs) {
            throw new IllegalStateException(
                    "found " + found + " rows in " + table + " (expected: 3 of each of " + runs + " runs)");
        }
    }
}
