package io.reprise.catalog.sql;

import java.util.List;

/**
 * What a statement is and does, as far as its text tells.
 *
 * @param verb what it begins with, such as {@code INSERT}, {@code CREATE TABLE} or {@code COMMIT}; after WITH the verb that
 *     follows
 * @param answersRows whether whoever runs it gets rows
 * @param goesNowhere whether it only answers rows that it read: nothing is done where nobody takes them
 */
public record StatementFacts(
        String verb,
        StatementKind kind,
        TransactionEffect transaction,
        boolean answersRows,
        boolean goesNowhere,
        List<ClockReading> clocks) {

    public StatementFacts {
        clocks = List.copyOf(clocks);
    }

    static StatementFacts of(SqlStatement statement) {
        Phrase phrase = Phrase.of(statement);
        MainVerb main = MainVerb.of(phrase, statement.dialect());
        TransactionEffect effect = TransactionEffects.of(phrase, statement.dialect());
        boolean command = phrase.isClientCommand();
        StatementKind kind = command ? StatementKind.CLIENT_COMMAND : main.kind(effect);
        return new StatementFacts(
                command ? phrase.at(0) : main.words(),
                kind,
                effect,
                main.answersRows(),
                kind == StatementKind.QUERY && main.onlyReads(),
                ClockWords.in(statement, phrase));
    }
}
