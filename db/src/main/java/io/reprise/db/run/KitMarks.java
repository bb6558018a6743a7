package io.reprise.db.run;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * How far a ledger had accepted, as the kit in a changed database last heard: what tells that the ledger was restored. It is
 * the one place where the ledger's side looks into a kit.
 */
public final class KitMarks {

    private static final String FIND = "select high_water from reprise_kit.ledger_mark where ledger_id = ?";

    private static final String RAISE = """
            insert into reprise_kit.ledger_mark as mark (ledger_id, high_water) values (?, ?)
            on conflict (ledger_id) do update set high_water = excluded.high_water, updated_at = now()
            where mark.high_water < excluded.high_water""";

    private final DataSource database;

    /**
     * Reads and writes the marks of one database.
     *
     * @param database its statements commit by themselves
     */
    public KitMarks(DataSource database) {
        this.database = database;
    }

    /** 0 where this database never heard of the ledger. */
    public long of(UUID ledgerId) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setObject(1, ledgerId);
            try (ResultSet found = statement.executeQuery()) {
                return found.next() ? found.getLong(1) : 0;
            }
        }
    }

    /** Never falls. */
    public void raise(UUID ledgerId, long highWater) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(RAISE)) {
            statement.setObject(1, ledgerId);
            statement.setLong(2, highWater);
            statement.executeUpdate();
        }
    }
}
