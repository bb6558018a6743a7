package io.reprise.api.run;

import io.reprise.db.shared.PageRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How far the log of a run was read: behind which line of commands, which statement and which check. */
record LogPosition(long output, long statement, long check) {

    static final LogPosition START = new LogPosition(0, 0, 0);
    static final String FORM = "the position that a page of this log told, such as 12.0.7";

    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})\\.(\\d{1,18})\\.(\\d{1,18})");

    /** Empty where the text is no position. */
    static Optional<LogPosition> read(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new LogPosition(number(parts, 1), number(parts, 2), number(parts, 3)))
                : Optional.empty();
    }

    private static long number(Matcher parts, int group) {
        return Long.parseLong(parts.group(group));
    }

    PageRequest outputs(int size) {
        return PageRequest.first(size).after(output);
    }

    PageRequest statements(int size) {
        return PageRequest.first(size).after(statement);
    }

    PageRequest checks(int size) {
        return PageRequest.first(size).after(check);
    }

    @Override
    public String toString() {
        return output + "." + statement + "." + check;
    }
}
