package io.reprise.activities.stream;

import io.reprise.catalog.sql.SqlDialect;
import io.reprise.catalog.sql.TableName;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Puts the rows of a slice into their tables, by PostgreSQL's binary COPY. */
final class RowCopy {

    private static final byte[] HEADER = header();
    private static final byte[] TRAILER = {-1, -1};
    private static final int LONGEST_PIECE = 64 * 1024;

    private final String raw;
    private final String aside;
    private final Optional<String> typed;

    RowCopy(StreamTarget target) {
        this.raw = copy(target.raw(), names(RawRow.COLUMNS));
        this.aside = copy(target.aside(), names(RawRow.COLUMNS));
        this.typed = target.typed().map(table -> copy(table, typedNames(target)));
    }

    void copy(Connection open, Slice slice) throws SQLException {
        copy(open, raw, slice.batch().raw, slice.rawStart(), slice.rawEnd());
        if (typed.isPresent()) {
            copy(open, typed.get(), slice.batch().typed, slice.typedStart(), slice.typedEnd());
        }
        copy(open, aside, slice.batch().aside, slice.asideStart(), slice.asideEnd());
    }

    private static void copy(Connection open, String command, CopyBuffer rows, int start, int end) throws SQLException {
        if (start == end) {
            return;
        }
        CopyIn copy = open.unwrap(PGConnection.class).getCopyAPI().copyIn(command);
        try {
            copy.writeToCopy(HEADER, 0, HEADER.length);
            for (int from = start; from < end; from += LONGEST_PIECE) {
                copy.writeToCopy(rows.bytes(), from, Math.min(LONGEST_PIECE, end - from));
            }
            copy.writeToCopy(TRAILER, 0, TRAILER.length);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static String copy(TableName table, List<String> columns) {
        return "copy " + SqlDialect.POSTGRESQL.quote(table)
                + columns.stream().map(SqlDialect.POSTGRESQL::quote).collect(Collectors.joining(", ", " (", ")"))
                + " from stdin (format binary)";
    }

    private static List<String> names(List<RawRow.Named> columns) {
        return columns.stream().map(RawRow.Named::name).toList();
    }

    private static List<String> typedNames(StreamTarget target) {
        return Stream.concat(
                        target.row().orElseThrow().columns().stream().map(TypedColumn::name),
                        names(RawRow.SHARED).stream())
                .toList();
    }

    private static byte[] header() {
        byte[] header = new byte[19];
        byte[] signature = "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(signature, 0, header, 0, signature.length);
        return header;
    }
}
