package io.reprise.catalog.sql;

import static io.reprise.catalog.sql.TransactionEffect.*;

import java.util.Set;

/** The statements of the MySQL family that commit unasked, also within a compound statement. */
final class MysqlCommits {

    private static final Set<String> COMMITTING = Set.of(
            "ALTER",
            "ANALYZE",
            "BACKUP",
            "CACHE",
            "CHANGE",
            "CHECK",
            "FLUSH",
            "GRANT",
            "IMPORT",
            "INSTALL",
            "LOCK",
            "OPTIMIZE",
            "RENAME",
            "REPAIR",
            "RESET",
            "REVOKE",
            "START",
            "STOP",
            "TRUNCATE",
            "UNINSTALL",
            "UNLOCK");

    private static final Set<String> COMPOUND = Set.of("IF", "LOOP", "WHILE", "REPEAT", "FOR", "CASE");
    private static final Set<String> BEFORE_STATEMENT =
            Set.of(";", ":", "BEGIN", "ATOMIC", "DO", "LOOP", "REPEAT", "THEN", "ELSE");

    private MysqlCommits() {}

    static TransactionEffect effect(Phrase phrase) {
        return switch (phrase.at(0)) {
            case "BEGIN" -> phrase.begins("BEGIN", "NOT", "ATOMIC") ? strongestWithin(phrase) : CONTROLS;
            case "XA", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE" -> CONTROLS;
            case "SET" -> setting(phrase);
            case "CREATE", "DROP" -> isTemporaryTable(phrase) ? NONE : COMMITS;
            case "LOAD" -> phrase.begins("LOAD", "INDEX") ? COMMITS : NONE;
            // "ANALYZE SELECT …" of MariaDB shows a plan; "ANALYZE TABLE" commits.
            case "ANALYZE" -> phrase.contains("TABLE") || phrase.contains("TABLES") ? COMMITS : NONE;
            default -> other(phrase);
        };
    }

    private static TransactionEffect other(Phrase phrase) {
        if (phrase.begins("START", "TRANSACTION")) {
            return CONTROLS;
        }
        if (COMMITTING.contains(phrase.at(0))) {
            return COMMITS;
        }
        boolean compound = COMPOUND.contains(phrase.at(0)) || phrase.at(1).equals(":");
        return compound ? strongestWithin(phrase) : NONE;
    }

    private static TransactionEffect setting(Phrase phrase) {
        if (phrase.begins("SET", "STATEMENT")) {
            return effect(phrase.from(phrase.findOutside(2, Set.of("FOR")) + 1));
        }
        if (phrase.begins("SET", "PASSWORD") || phrase.begins("SET", "DEFAULT", "ROLE")) {
            return COMMITS;
        }
        boolean transaction = phrase.at(1).equals("TRANSACTION") || phrase.at(2).equals("TRANSACTION");
        boolean autocommit = phrase.findOutside(1, Set.of("AUTOCOMMIT", "COMPLETION_TYPE")) < phrase.size();
        return transaction || autocommit ? CONTROLS : NONE;
    }

    private static boolean isTemporaryTable(Phrase phrase) {
        boolean replaces = phrase.begins("CREATE", "OR", "REPLACE");
        int modifier = replaces ? 3 : 1;
        return phrase.at(modifier).equals("TEMPORARY")
                && Set.of("TABLE", "TABLES", "SEQUENCE").contains(phrase.at(modifier + 1));
    }

    private static TransactionEffect strongestWithin(Phrase phrase) {
        TransactionEffect strongest = NONE;
        for (int i = 1; i < phrase.size(); i++) {
            boolean begins =
                    BEFORE_STATEMENT.contains(phrase.at(i - 1)) && !phrase.at(i).equals("BEGIN");
            TransactionEffect effect = begins ? effect(phrase.from(i)) : NONE;
            strongest = effect.compareTo(strongest) > 0 ? effect : strongest;
        }
        return strongest;
    }
}
