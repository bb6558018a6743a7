package io.reprise.bench.pipeline;

import io.reprise.bench.shared.Contender;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;

/** The same inserts through JDBC, each committed by itself. */
final class BareContender implements Contender {

    static final String NAME = "bare SQL";

    private static final List<String> STEPS = List.of("first", "second", "third");

    private final Warehouse warehouse;

    BareContender(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void place(long number) throws Exception {
        try (Connection connection = warehouse.database().getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("insert into bench.inserted_barely (number, step) values (?, ?)")) {
            for (String step : STEPS) {
                insert.setLong(1, number);
                insert.setString(2, step);
                insert.executeUpdate();
            }
        }
    }

    @Override
    public void verify(long placed) throws Exception {
        ThreeRows.require(warehouse, "bench.inserted_barely", placed);
    }
}
