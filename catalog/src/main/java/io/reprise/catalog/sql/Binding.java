package io.reprise.catalog.sql;

import io.reprise.catalog.shared.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One pass over one statement, in which its names are replaced. */
final class Binding {

    /** The output of a step whose id has hyphens; without them the tokens say the same. */
    private static final Pattern HYPHENED = Pattern.compile(":(\\w+(?:-\\w+)+\\.\\w+)");

    private final SqlStatement statement;
    private final Map<String, TableName> tables;
    private final Set<String> names;
    private final String text;
    private final WireText.Builder jdbc;
    private final WireText.Builder server;
    private final List<String> bound = new ArrayList<>();
    private final Set<String> named = new LinkedHashSet<>();
    private final List<SqlProblem> problems = new ArrayList<>();
    private int copied;
    private boolean executable;

    Binding(SqlStatement statement, Map<String, TableName> tables, Set<String> names) {
        this.statement = statement;
        this.tables = tables;
        this.names = names;
        this.text = statement.source().text();
        this.jdbc = new WireText.Builder(text);
        this.server = new WireText.Builder(text);
        this.copied = statement.offset();
    }

    BoundStatement bind() {
        for (Token token : statement.tokens()) {
            // What a hyphened name reaches over was taken with it.
            if (token.start() >= copied) {
                take(token);
            }
        }
        copyTo(statement.end());
        return new BoundStatement(statement, jdbc.build(), server.build(), bound, named, problems);
    }

    private void take(Token token) {
        switch (token.kind()) {
            case PARAMETER -> parameter(token);
            case TABLE -> table(token);
            case QUESTION -> question(token);
            case SYMBOL -> symbol(token);
            case EXECUTABLE_OPEN -> executable = true;
            case EXECUTABLE_CLOSE -> executable = false;
            case WORD, NUMBER, STRING, QUOTED_NAME, TERMINATOR, HINT -> {}
            case COMMENT, CLIENT_COMMAND, DELIMITER_COMMAND, UNENDED, END_OF_TEXT -> {}
        }
    }

    private void parameter(Token token) {
        String name = nameAt(token);
        int end = token.start() + 1 + name.length();
        if (executable) {
            problem(token, ":" + name + " in a comment that the database executes", "values outside of comments");
        } else if (!names.contains(name)) {
            problem(token, ":" + name, nearest(name, names, ":", "", "a value that this step has"));
        }
        bound.add(name);
        copyTo(token.start());
        jdbc.put("?", token.start());
        server.put(statement.dialect().has(SqlTrait.NUMBERED_PARAMETERS) ? "$" + bound.size() : "?", token.start());
        copied = end;
    }

    /** {@code :a-b.c} is one name where there is such an output, or no value {@code a} to subtract from. */
    private String nameAt(Token token) {
        String plain = text.substring(token.start() + 1, token.end());
        Matcher hyphened = HYPHENED.matcher(text).region(token.start(), statement.end());
        if (!hyphened.lookingAt()) {
            return plain;
        }
        String whole = hyphened.group(1);
        return names.contains(whole) || !names.contains(plain) ? whole : plain;
    }

    private void table(Token token) {
        String key = text.substring(token.start() + 1, token.end() - 1);
        TableName table = tables.get(key);
        if (table == null) {
            problem(token, "{" + key + "}", nearest(key, tables.keySet(), "{", "}", "a table that the pipeline names"));
            return;
        }
        named.add(key);
        replace(token, statement.dialect().quote(table));
    }

    private void question(Token token) {
        if (!statement.dialect().has(SqlTrait.QUESTION_OPERATORS)) {
            problem(token, "?", "a value by its name, such as :run_id");
            return;
        }
        copyTo(token.start());
        jdbc.put("??", token.start());
        server.put("?", token.start());
        copied = token.end();
    }

    private void symbol(Token token) {
        char symbol = text.charAt(token.start());
        if (symbol == '{' || symbol == '}') {
            problem(token, String.valueOf(symbol), "{name} of a table, or text in quotes");
        }
        boolean sigil = statement.dialect().has(SqlTrait.SIGIL_PARAMETERS) && (symbol == '@' || symbol == '$');
        if (sigil) {
            problem(token, String.valueOf(symbol), "a value by its name, such as :run_id");
        }
    }

    private void replace(Token token, String by) {
        copyTo(token.start());
        jdbc.put(by, token.start());
        server.put(by, token.start());
        copied = token.end();
    }

    private void copyTo(int end) {
        if (copied < end) {
            jdbc.copy(copied, end);
            server.copy(copied, end);
            copied = end;
        }
    }

    private void problem(Token token, String found, String expected) {
        problems.add(new SqlProblem(statement.source().placeAt(token.start()), found, expected));
    }

    private static String nearest(
            String written, Collection<String> known, String before, String after, String otherwise) {
        return NearestName.to(written, known)
                .map(name -> before + name + after)
                .orElseGet(() -> known.isEmpty()
                        ? otherwise + ", of which there is none"
                        : otherwise + ": "
                                + String.join(
                                        ", ", known.stream().sorted().limit(12).toList()));
    }
}
