package io.reprise.catalog.sql;

import java.util.Set;

/** The words that say what a statement does, found behind WITH, parentheses and EXPLAIN's likes. */
record MainVerb(Phrase whole, Phrase phrase, SqlDialect dialect) {

    private static final Set<String> AFTER_WITH =
            Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE", "VALUES", "TABLE");
    private static final Set<String> CHANGES = Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE", "UPSERT");
    private static final Set<String> BULK = Set.of("COPY", "LOAD", "IMPORT");
    private static final Set<String> READS =
            Set.of("SELECT", "VALUES", "TABLE", "SHOW", "EXPLAIN", "DESCRIBE", "DESC", "FETCH", "PRAGMA");
    private static final Set<String> DEFINITIONS = Set.of(
            "CREATE",
            "ALTER",
            "DROP",
            "TRUNCATE",
            "RENAME",
            "COMMENT",
            "GRANT",
            "REVOKE",
            "REINDEX",
            "REFRESH",
            "SECURITY");
    private static final Set<String> OBJECTS = Set.of(
            "TABLE",
            "VIEW",
            "INDEX",
            "SCHEMA",
            "DATABASE",
            "SEQUENCE",
            "FUNCTION",
            "PROCEDURE",
            "TRIGGER",
            "EVENT",
            "TYPE",
            "DOMAIN",
            "EXTENSION",
            "ROLE",
            "USER",
            "ALIAS",
            "AGGREGATE",
            "RULE",
            "POLICY",
            "SERVER",
            "TABLESPACE",
            "SYSTEM",
            "SUBSCRIPTION",
            "PUBLICATION",
            "CONSTANT",
            "LINKED",
            "PACKAGE");
    private static final int MODIFIERS = 12;

    static MainVerb of(Phrase whole, SqlDialect dialect) {
        return new MainVerb(whole, main(whole), dialect);
    }

    private static Phrase main(Phrase whole) {
        int first = 0;
        while (whole.at(first).equals("(")) {
            first++;
        }
        Phrase phrase = whole.from(first);
        if (phrase.begins("SET", "STATEMENT")) {
            return main(phrase.from(phrase.findOutside(2, Set.of("FOR")) + 1));
        }
        return phrase.begins("WITH") ? phrase.from(phrase.findOutside(1, AFTER_WITH)) : phrase;
    }

    private String verb() {
        return phrase.at(0);
    }

    String words() {
        boolean object = DEFINITIONS.contains(verb()) && !object().isEmpty();
        return object ? verb() + " " + object() : verb();
    }

    private String object() {
        for (int i = 1; i <= MODIFIERS; i++) {
            if (OBJECTS.contains(phrase.at(i))) {
                return phrase.at(i);
            }
        }
        return "";
    }

    StatementKind kind(TransactionEffect effect) {
        if (effect == TransactionEffect.CONTROLS) {
            return StatementKind.TRANSACTION;
        }
        if (CHANGES.contains(verb()) || BULK.contains(verb()) || changesInWith()) {
            return StatementKind.CHANGE;
        }
        if (DEFINITIONS.contains(verb()) || makesTable()) {
            return StatementKind.DEFINITION;
        }
        return READS.contains(verb()) ? StatementKind.QUERY : StatementKind.OTHER;
    }

    boolean answersRows() {
        if (CHANGES.contains(verb())) {
            return phrase.findOutside(1, Set.of("RETURNING")) < phrase.size();
        }
        boolean calls = verb().equals("CALL") && dialect == SqlDialect.H2;
        return calls || (READS.contains(verb()) && !selectsInto());
    }

    /** A lone call such as {@code select setval(…)}, and a query that locks rows, are run for what they do. */
    boolean onlyReads() {
        if (verb().equals("SELECT")) {
            boolean called = phrase.findOutside(1, Set.of("FROM")) == phrase.size();
            boolean locks = phrase.findOutside(1, Set.of("FOR", "LOCK")) < phrase.size();
            return !called && !locks && !selectsInto();
        }
        return verb().equals("VALUES") || verb().equals("TABLE");
    }

    private boolean selectsInto() {
        return verb().equals("SELECT") && phrase.findOutside(1, Set.of("INTO")) < phrase.size();
    }

    private boolean makesTable() {
        return dialect == SqlDialect.POSTGRESQL && selectsInto();
    }

    /** PostgreSQL: {@code with gone as (delete from … returning …) select …} */
    private boolean changesInWith() {
        if (!whole.contains("WITH") || phrase.size() == whole.size()) {
            return false;
        }
        for (int i = 1; i < whole.size(); i++) {
            if (whole.at(i - 1).equals("(")
                    && CHANGES.contains(whole.at(i))
                    && !whole.at(i + 1).equals("(")) {
                return true;
            }
        }
        return false;
    }
}
