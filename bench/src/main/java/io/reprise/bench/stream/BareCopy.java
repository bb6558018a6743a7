package io.reprise.bench.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** The rival: the same rows into the same tables by COPY BINARY and nothing else, from a file that is in memory. */
final class BareCopy {

    private static final int BUFFER = 64 * 1024;

    private final DataSource database;
    private final Path folder;

    BareCopy(DataSource database, Path folder) {
        this.database = database;
        this.folder = folder;
    }

    /** Keeps the rows of a table as COPY wants them. */
    void keep(String table) throws SQLException, IOException {
        try (Connection open = database.getConnection();
                OutputStream file = Files.newOutputStream(file(table))) {
            open.unwrap(PGConnection.class).getCopyAPI().copyOut("copy " + table + " to stdout (format binary)", file);
        }
    }

    /** How long they take into the table, which is empty. */
    Duration load(String table) throws SQLException, IOException {
        long start = System.nanoTime();
        try (Connection open = database.getConnection();
                InputStream file = Files.newInputStream(file(table))) {
            open.unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy " + table + " from stdin (format binary)", file, BUFFER);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private Path file(String table) {
        return folder.resolve(table + ".copy");
    }
}
