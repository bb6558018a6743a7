package io.reprise.catalog.sql;

/** As psql does: parentheses of a rule, and {@code BEGIN ATOMIC … END} of a routine, keep a semicolon inside. */
final class PostgresBody implements StatementBody {

    private static final int HEAD = 4;

    private final StringBuilder head = new StringBuilder();
    private int words;
    private int parentheses;
    private int blocks;

    @Override
    public void accept(String token) {
        if (words < HEAD) {
            head.append(token).append(' ');
            words++;
        }
        switch (token) {
            case "(" -> parentheses++;
            case ")" -> parentheses = Math.max(0, parentheses - 1);
            case "BEGIN", "CASE", "END" -> block(token);
            default -> {}
        }
    }

    private void block(String token) {
        if (parentheses > 0 || !isRoutine()) {
            return;
        }
        switch (token) {
            case "BEGIN" -> blocks++;
            case "CASE" -> blocks += blocks > 0 ? 1 : 0;
            default -> blocks = Math.max(0, blocks - 1);
        }
    }

    private boolean isRoutine() {
        String begins = head.toString().replace("OR REPLACE ", "");
        return begins.startsWith("CREATE FUNCTION ") || begins.startsWith("CREATE PROCEDURE ");
    }

    @Override
    public boolean endsAtSemicolon() {
        return parentheses == 0 && blocks == 0;
    }
}
