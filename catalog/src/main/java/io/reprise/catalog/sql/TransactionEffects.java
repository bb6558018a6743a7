package io.reprise.catalog.sql;

import static io.reprise.catalog.sql.TransactionEffect.*;

import java.util.Set;

/** Knows for each database which statements end, divide or refuse a transaction. */
final class TransactionEffects {

    private static final Set<String> CONTROL = Set.of("COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE");

    private static final Set<String> FIXED_PRAGMAS =
            Set.of("FOREIGN_KEYS", "JOURNAL_MODE", "SYNCHRONOUS", "LOCKING_MODE", "TEMP_STORE", "AUTO_VACUUM");

    private TransactionEffects() {}

    static TransactionEffect of(Phrase phrase, SqlDialect dialect) {
        if (phrase.isClientCommand()) {
            return NONE;
        }
        if (CONTROL.contains(phrase.at(0)) || phrase.begins("START", "TRANSACTION")) {
            return CONTROLS;
        }
        return switch (dialect) {
            case POSTGRESQL -> onPostgres(phrase);
            case MARIADB, MYSQL -> MysqlCommits.effect(phrase);
            case SQLITE -> onSqlite(phrase);
            case H2 -> onH2(phrase);
        };
    }

    private static TransactionEffect onPostgres(Phrase phrase) {
        return switch (phrase.at(0)) {
            case "BEGIN", "END", "ABORT" -> CONTROLS;
            case "PREPARE" -> phrase.begins("PREPARE", "TRANSACTION") ? CONTROLS : NONE;
            case "SET" ->
                phrase.begins("SET", "TRANSACTION") || phrase.begins("SET", "SESSION", "CHARACTERISTICS")
                        ? CONTROLS
                        : NONE;
            case "VACUUM" -> OUTSIDE_ONLY;
            case "DISCARD" -> phrase.begins("DISCARD", "ALL") ? OUTSIDE_ONLY : NONE;
            case "CREATE", "DROP", "ALTER", "REINDEX" -> outsideOnPostgres(phrase) ? OUTSIDE_ONLY : NONE;
            default -> NONE;
        };
    }

    private static boolean outsideOnPostgres(Phrase phrase) {
        return switch (phrase.at(1)) {
            case "DATABASE", "TABLESPACE", "SYSTEM" -> !phrase.begins("ALTER", "DATABASE");
            default -> phrase.findOutside(1, Set.of("CONCURRENTLY")) < phrase.size();
        };
    }

    private static TransactionEffect onSqlite(Phrase phrase) {
        return switch (phrase.at(0)) {
            case "BEGIN", "END" -> CONTROLS;
            case "VACUUM" -> OUTSIDE_ONLY;
            case "PRAGMA" -> isFixedWithinTransaction(phrase) ? OUTSIDE_ONLY : NONE;
            default -> NONE;
        };
    }

    /** SQLite ignores some settings within a transaction without a word, and refuses others. */
    private static boolean isFixedWithinTransaction(Phrase phrase) {
        int name = phrase.at(2).equals(".") ? 3 : 1;
        boolean sets = phrase.at(name + 1).equals("=") || phrase.at(name + 1).equals("(");
        return phrase.at(name).equals("WAL_CHECKPOINT") || (sets && FIXED_PRAGMAS.contains(phrase.at(name)));
    }

    /** H2 commits before whatever it does not count among the statements of a transaction. */
    private static TransactionEffect onH2(Phrase phrase) {
        return switch (phrase.at(0)) {
            case "BEGIN" -> CONTROLS;
            case "PREPARE" -> phrase.begins("PREPARE", "COMMIT") ? CONTROLS : NONE;
            case "SET" -> h2Setting(phrase);
            case "SELECT", "VALUES", "TABLE", "WITH", "FROM", "(" -> NONE;
            case "INSERT", "UPDATE", "DELETE", "MERGE", "CALL", "EXPLAIN", "SHOW", "HELP", "CHECKPOINT" -> NONE;
            case "CREATE", "DROP" -> isTransactionalTable(phrase) ? NONE : COMMITS;
            default -> COMMITS;
        };
    }

    private static TransactionEffect h2Setting(Phrase phrase) {
        return switch (phrase.at(1)) {
            case "AUTOCOMMIT" -> CONTROLS;
            case "SESSION" -> phrase.begins("SET", "SESSION", "CHARACTERISTICS") ? CONTROLS : COMMITS;
            case "@", "SCHEMA", "SCHEMA_SEARCH_PATH", "LOCK_TIMEOUT", "QUERY_TIMEOUT", "TIME" -> NONE;
            default -> COMMITS;
        };
    }

    private static boolean isTransactionalTable(Phrase phrase) {
        return phrase.contains("TEMPORARY") && phrase.contains("TRANSACTIONAL");
    }
}
