package io.reprise.catalog.sql;

import java.util.List;

/** One statement of a script: from its first word to its last, without the comments around it and without a delimiter. */
public final class SqlStatement {

    private final SqlText source;
    private final SqlDialect dialect;
    private final int number;
    private final int end;
    private final List<Token> tokens;

    /** @param tokens all but comments; not empty */
    SqlStatement(SqlText source, SqlDialect dialect, int number, List<Token> tokens, int end) {
        this.source = source;
        this.dialect = dialect;
        this.number = number;
        this.tokens = List.copyOf(tokens);
        this.end = end;
    }

    public SqlText source() {
        return source;
    }

    public SqlDialect dialect() {
        return dialect;
    }

    /** Its position among the statements of its script, from 1. */
    public int number() {
        return number;
    }

    public String text() {
        return source.text().substring(offset(), end);
    }

    public int offset() {
        return tokens.getFirst().start();
    }

    public int end() {
        return end;
    }

    public Place place() {
        return source.placeAt(offset());
    }

    /** What it is and does, as far as its text tells. */
    public StatementFacts facts() {
        return StatementFacts.of(this);
    }

    List<Token> tokens() {
        return tokens;
    }

    @Override
    public String toString() {
        return place() + " " + text();
    }
}
