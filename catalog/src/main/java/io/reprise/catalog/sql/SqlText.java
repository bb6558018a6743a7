package io.reprise.catalog.sql;

import java.util.Arrays;

/** An SQL text and where it was written: a file of its own, or some lines within one. Offsets count UTF-16 units from 0. */
public final class SqlText {

    private static final int LONGEST_SHOWN_LINE = 160;

    private final String file;
    private final String text;
    private final int firstLine;
    private final int indent;
    private final int[] lineStarts;

    private SqlText(String file, String text, int firstLine, int indent) {
        this.file = file;
        this.text = text;
        this.firstLine = firstLine;
        this.indent = indent;
        this.lineStarts = lineStartsOf(text);
    }

    public static SqlText ofFile(String file, String text) {
        return new SqlText(file, text, 1, 0);
    }

    /**
     * A text within a file of another kind.
     *
     * @param firstLine the file's line on which the text begins
     * @param indent how many characters the file has before each line of the text
     */
    public static SqlText within(String file, String text, int firstLine, int indent) {
        return new SqlText(file, text, firstLine, indent);
    }

    public String file() {
        return file;
    }

    public String text() {
        return text;
    }

    public Place placeAt(int offset) {
        int line = lineAt(offset);
        return new Place(file, firstLine + line, indent + offset - lineStarts[line] + 1);
    }

    /** The line around an offset with its number, and under it a caret. Ends with no line break. */
    public String shown(int offset) {
        int line = lineAt(offset);
        int start = lineStarts[line];
        int end = line + 1 < lineStarts.length ? lineStarts[line + 1] : text.length();
        int from = Math.max(start, offset - LONGEST_SHOWN_LINE / 2);
        String shown =
                text.substring(from, Math.min(end, from + LONGEST_SHOWN_LINE)).stripTrailing();
        String number = String.valueOf(firstLine + line);
        StringBuilder before = new StringBuilder();
        text.substring(from, offset).chars().forEach(c -> before.append(c == '\t' ? '\t' : ' '));
        return number + " | " + shown + "\n" + " ".repeat(number.length()) + " | " + before + "^";
    }

    /** Where a line begins that is counted from the one at {@code offset}; the text's end where there are not so many. */
    public int lineStart(int offset, int linesAfter) {
        int line = lineAt(offset) + linesAfter;
        return line < lineStarts.length ? lineStarts[line] : text.length();
    }

    private int lineAt(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found : -found - 2;
    }

    private static int[] lineStartsOf(String text) {
        int[] starts = new int[1 + (int) text.chars().filter(c -> c == '\n').count()];
        int line = 1;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            starts[line++] = at + 1;
        }
        return starts;
    }
}
