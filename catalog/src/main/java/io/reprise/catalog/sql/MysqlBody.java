package io.reprise.catalog.sql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * The compound statements of the MySQL family, in stored programs and, on MariaDB, on their own. Needed where a script does
 * not change the delimiter.
 */
final class MysqlBody implements StatementBody {

    private static final Set<String> PROGRAMS = Set.of("PROCEDURE", "FUNCTION", "TRIGGER", "EVENT");
    private static final Set<String> NO_PROGRAMS = Set.of(
            "TABLE",
            "VIEW",
            "INDEX",
            "DATABASE",
            "SCHEMA",
            "USER",
            "ROLE",
            "SERVER",
            "SEQUENCE",
            "TABLESPACE",
            "PACKAGE");
    private static final Set<String> BLOCKS = Set.of("IF", "LOOP", "WHILE", "REPEAT", "FOR", "CASE");

    /** What a statement of a program may follow, besides the THEN and ELSE that are not of an expression. */
    private static final Set<String> BEFORE_STATEMENT =
            Set.of("", ";", ":", "BEGIN", "ATOMIC", "DO", "LOOP", "REPEAT", "THEN", "ELSE");

    /** What the head of a stored program may end in. */
    private static final Set<String> HEAD_ENDS =
            Set.of(")", "ROW", "DETERMINISTIC", "SQL", "DATA", "DEFINER", "INVOKER", Shape.STRING);

    private static final String EXPRESSION = "CASE of an expression";

    private enum Program {
        UNDECIDED,
        YES,
        NO
    }

    private final Deque<String> open = new ArrayDeque<>();
    private Program program = Program.UNDECIDED;
    private String first = "";
    private String before = "";
    private String word = "";

    @Override
    public void accept(String token) {
        if (first.isEmpty()) {
            first = token;
        }
        if (!word.isEmpty()) {
            judge(token);
        }
        before = word;
        word = token;
    }

    @Override
    public boolean endsAtSemicolon() {
        accept(";");
        return open.isEmpty();
    }

    private void judge(String next) {
        decideProgram(next);
        if (program != Program.YES) {
            return;
        }
        if (word.equals("END")) {
            close(next);
            return;
        }
        if (word.equals("BEGIN")) {
            open.push(word);
            return;
        }
        if (BLOCKS.contains(word) && !before.equals("END")) {
            open();
        }
    }

    private void open() {
        if (beginsStatement()) {
            open.push(word);
        } else if (word.equals("CASE")) {
            open.push(EXPRESSION);
        }
    }

    private boolean beginsStatement() {
        boolean afterHead = open.isEmpty() && HEAD_ENDS.contains(before) && !word.equals("FOR");
        return !EXPRESSION.equals(open.peek()) && (BEFORE_STATEMENT.contains(before) || afterHead);
    }

    private void close(String next) {
        boolean plain = EXPRESSION.equals(open.peek()) || !BLOCKS.contains(next);
        if (plain) {
            open.poll();
            return;
        }
        if (open.contains(next)) {
            while (!next.equals(open.peek())) {
                open.pop();
            }
            open.pop();
        }
    }

    /** {@code BEGIN} alone starts a transaction; {@code BEGIN NOT ATOMIC} and a loop with or without a label are programs. */
    private void decideProgram(String next) {
        if (program != Program.UNDECIDED) {
            return;
        }
        if (before.isEmpty()) {
            boolean compound = word.equals("BEGIN") ? next.equals("NOT") : BLOCKS.contains(word) || next.equals(":");
            program = compound ? Program.YES : program;
            return;
        }
        boolean defines = first.equals("CREATE") || first.equals("ALTER");
        if (defines && PROGRAMS.contains(word)) {
            program = Program.YES;
        } else if (!defines || NO_PROGRAMS.contains(word)) {
            program = Program.NO;
        }
    }
}
