package io.reprise.cli.shared;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Columns for people. Scripts read the JSON. */
public final class Table {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private Table(List<String> head) {
        rows.add(head);
    }

    public static Table of(String... head) {
        return new Table(Arrays.asList(head));
    }

    /** A table of the named members of each item of a list. */
    public static Table of(JsonNode items, String... members) {
        Table table = new Table(Arrays.stream(members).map(Table::title).toList());
        for (JsonNode item : items) {
            table.rows.add(Arrays.stream(members).map(it -> text(item, it)).toList());
        }
        if (items.isEmpty()) {
            table.note("none");
        }
        return table;
    }

    /** The named members of one object, one a line. */
    public static Table card(JsonNode object, String... members) {
        Table table = new Table(List.of());
        for (String member : members) {
            if (!text(object, member).isEmpty()) {
                table.row(title(member), text(object, member));
            }
        }
        return table;
    }

    public Table row(String... cells) {
        rows.add(Arrays.asList(cells));
        return this;
    }

    /** A line beneath the table. */
    public Table note(String line) {
        notes.add(line);
        return this;
    }

    /** Another table beneath this one. */
    public Table then(Table other) {
        notes.add("");
        notes.addAll(other.lines());
        return this;
    }

    public void print(PrintWriter out) {
        lines().forEach(out::println);
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        int[] widths = widths();
        rows.stream()
                .filter(row -> !row.isEmpty())
                .map(row -> line(row, widths))
                .forEach(lines::add);
        lines.addAll(notes);
        return lines;
    }

    private int[] widths() {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        return widths;
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            line.append(cell).append(" ".repeat(widths[column] - cell.length())).append(GAP);
        }
        return line.toString().stripTrailing();
    }

    /** {@code acceptedAt} reads ACCEPTED AT. */
    private static String title(String member) {
        String last = member.substring(member.lastIndexOf('/') + 1);
        return last.replaceAll("([A-Z])", " $1").toUpperCase(java.util.Locale.ROOT);
    }

    private static String text(JsonNode item, String member) {
        JsonNode value = member.startsWith("/") ? item.at(member) : item.path(member);
        if (value.isArray()) {
            List<String> texts = new ArrayList<>();
            value.forEach(it -> texts.add(it.isValueNode() ? it.asText() : it.toString()));
            return String.join(", ", texts);
        }
        return value.isNull() ? "" : value.isValueNode() ? value.asText() : value.toString();
    }
}
