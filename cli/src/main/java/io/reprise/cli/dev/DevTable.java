package io.reprise.cli.dev;

import java.io.PrintWriter;
import java.util.List;

/** Prints what runs where, in columns. */
final class DevTable {

    private DevTable() {}

    static void print(PrintWriter out, List<DevRow> rows) {
        int what = rows.stream().mapToInt(row -> row.what().length()).max().orElse(0);
        int where = rows.stream().mapToInt(row -> row.where().length()).max().orElse(0);
        for (DevRow row : rows) {
            String line = "  " + padded(row.what(), what) + "  " + padded(row.where(), where) + "  " + row.note();
            out.println(line.stripTrailing());
        }
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
