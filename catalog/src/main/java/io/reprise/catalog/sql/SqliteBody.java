package io.reprise.catalog.sql;

/** As SQLite's own shell does: a trigger ends at {@code ; END ;}, since BEGIN and END may be names as well. */
final class SqliteBody implements StatementBody {

    private static final int HEAD = 3;

    private final StringBuilder head = new StringBuilder();
    private int words;
    private boolean begun;
    private String last = "";
    private String beforeLast = "";

    @Override
    public void accept(String token) {
        if (words < HEAD) {
            head.append(token).append(' ');
            words++;
        }
        begun |= token.equals("BEGIN");
        beforeLast = last;
        last = token;
    }

    @Override
    public boolean endsAtSemicolon() {
        boolean ends = !begun || !isTrigger() || (last.equals("END") && beforeLast.equals(";"));
        accept(";");
        return ends;
    }

    private boolean isTrigger() {
        String begins = head.toString().replaceFirst("TEMP(ORARY)? ", "");
        return begins.startsWith("CREATE TRIGGER ");
    }
}
