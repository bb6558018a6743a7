package io.reprise.catalog.sql;

/**
 * Tells whether a semicolon ends a statement or stands within its body. Made anew for each statement.
 *
 * <p>Words reach it in upper case, symbols as they are, and whatever stands in quotes or is a value as a mark of its kind.
 */
sealed interface StatementBody permits PostgresBody, SqliteBody, MysqlBody, StatementBody.None {

    void accept(String token);

    /** Asked at a semicolon; where it does not end the statement, it is taken in. */
    boolean endsAtSemicolon();

    static StatementBody of(SqlDialect dialect) {
        return switch (dialect) {
            case POSTGRESQL -> new PostgresBody();
            case MARIADB, MYSQL -> new MysqlBody();
            case SQLITE -> new SqliteBody();
            case H2 -> new None();
        };
    }

    /** Bodies stand in quotes, so that no semicolon of theirs is seen. */
    record None() implements StatementBody {

        @Override
        public void accept(String token) {}

        @Override
        public boolean endsAtSemicolon() {
            return true;
        }
    }
}
