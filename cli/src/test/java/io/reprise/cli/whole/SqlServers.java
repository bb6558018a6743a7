package io.reprise.cli.whole;

import io.reprise.embedded.EmbeddedMariaDbServer;
import io.reprise.embedded.EmbeddedPostgresServer;
import io.reprise.embedded.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real PostgreSQL and a real MariaDB, each with an empty database that a catalog names {@code warehouse} and {@code mart}. */
final class SqlServers implements AutoCloseable {

    static final String POSTGRES = "warehouse";
    static final String MARIADB = "mart";

    private final EmbeddedPostgresServer postgres = EmbeddedPostgresServer.start(Placement.temporary());
    private final EmbeddedMariaDbServer mariaDb = EmbeddedMariaDbServer.start(Placement.temporary());
    private final Map<String, String> urls =
            Map.of(POSTGRES, postgres.createDatabase("sales"), MARIADB, mariaDb.createDatabase("sales"));

    /** Writes the connections of a catalog, whose passwords lie beside it. */
    void describe(Path catalog, int pool) throws IOException {
        Files.createDirectories(catalog.resolve("pipelines"));
        Path password = Files.writeString(catalog.resolveSibling("password"), EmbeddedPostgresServer.PASSWORD + "\n");
        StringBuilder connections = new StringBuilder();
        urls.forEach((name, url) ->
                connections.append("%s: {url: \"%s\", user: reprise, password-file: \"%s\", pool: %d, limit: %d}%n"
                        .formatted(name, url, password, pool, pool)));
        Files.writeString(catalog.resolve("connections.yaml"), connections);
    }

    /** The first two columns of each row. */
    List<String> rows(String connection, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection open = open(connection);
                Statement statement = open.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                rows.add(found.getString(1) + " " + found.getString(2));
            }
        }
        return rows;
    }

    void execute(String connection, String... texts) throws SQLException {
        try (Connection open = open(connection);
                Statement statement = open.createStatement()) {
            for (String text : texts) {
                statement.execute(text);
            }
        }
    }

    private Connection open(String connection) throws SQLException {
        return DriverManager.getConnection(
                urls.getOrDefault(connection, ""), EmbeddedPostgresServer.USER, EmbeddedPostgresServer.PASSWORD);
    }

    @Override
    public void close() {
        mariaDb.close();
        postgres.close();
    }
}
