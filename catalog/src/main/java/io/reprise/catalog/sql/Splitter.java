package io.reprise.catalog.sql;

import io.reprise.catalog.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts a text into statements, in one pass. */
final class Splitter {

    private final SqlText source;
    private final SqlDialect dialect;
    private final Lexer lexer;
    private final List<SqlStatement> statements = new ArrayList<>();
    private final List<SqlProblem> problems = new ArrayList<>();
    private List<Token> open = new ArrayList<>();
    private StatementBody body;

    /** A semicolon that is not the delimiter, or stands in a comment, and yet ends what the database executes. */
    private Optional<Token> hiddenEnd = Optional.empty();

    Splitter(SqlText source, SqlDialect dialect) {
        this.source = source;
        this.dialect = dialect;
        this.lexer = new Lexer(source.text(), dialect);
        this.body = StatementBody.of(dialect);
    }

    SqlScript split() {
        Token token = lexer.next();
        while (token.kind() != Kind.END_OF_TEXT) {
            take(token);
            token = lexer.next();
        }
        if (lexer.insideExecutableComment()) {
            problems.add(unended(lastExecutable()));
        }
        finish();
        return new SqlScript(source, dialect, statements, problems);
    }

    private void take(Token token) {
        switch (token.kind()) {
            case COMMENT, END_OF_TEXT -> {}
            case DELIMITER_COMMAND -> delimiter(token);
            case TERMINATOR -> terminator(token);
            case CLIENT_COMMAND -> {
                open.add(token);
                finish();
            }
            case UNENDED -> {
                open.add(token);
                problems.add(unended(token));
            }
            case HINT, EXECUTABLE_OPEN, EXECUTABLE_CLOSE -> open.add(token);
            case WORD, NUMBER, STRING, QUOTED_NAME, SYMBOL, QUESTION, PARAMETER, TABLE -> code(token);
        }
    }

    private void code(Token token) {
        open.add(token);
        String shape = Shape.of(token, source.text());
        boolean hidden = shape.equals(";");
        if (hidden && body.endsAtSemicolon()) {
            hiddenEnd = Optional.of(token);
            return;
        }
        hiddenEnd.ifPresent(end -> problems.add(new SqlProblem(
                source.placeAt(end.start()),
                "a semicolon that hides a second statement",
                "a delimiter between the two")));
        hiddenEnd = Optional.empty();
        if (!hidden) {
            body.accept(shape);
        }
    }

    private void terminator(Token token) {
        boolean ofItsOwn = !token.in(source.text()).equals(";");
        if (ofItsOwn || body.endsAtSemicolon()) {
            finish();
            return;
        }
        open.add(token);
    }

    private void delimiter(Token token) {
        if (token.in(source.text()).strip().matches("\\S+")) {
            problems.add(new SqlProblem(
                    source.placeAt(token.start()), "DELIMITER without one", "DELIMITER and what shall end statements"));
        }
    }

    private void finish() {
        boolean executable = open.stream().anyMatch(Token::isCode);
        if (executable) {
            int end = isCopyFromStdin() ? lexer.skipCopyRows() : open.getLast().end();
            statements.add(new SqlStatement(source, dialect, statements.size() + 1, open, end));
        }
        open = new ArrayList<>();
        hiddenEnd = Optional.empty();
        body = StatementBody.of(dialect);
    }

    /** The rows of such a statement follow it in the script, in a form that is not SQL. */
    private boolean isCopyFromStdin() {
        List<String> words =
                open.stream().map(token -> Shape.of(token, source.text())).toList();
        int from = words.indexOf("FROM");
        return dialect == SqlDialect.POSTGRESQL
                && words.getFirst().equals("COPY")
                && from > 0
                && from + 1 < words.size()
                && words.get(from + 1).equals("STDIN");
    }

    private Token lastExecutable() {
        return open.stream()
                .filter(token -> token.kind() == Kind.EXECUTABLE_OPEN)
                .reduce((one, other) -> other)
                .orElseThrow();
    }

    private SqlProblem unended(Token token) {
        String text = source.text();
        String opened = text.startsWith("/*", token.start()) ? "a comment" : "a quote";
        String closing = opened.equals("a comment") ? "*/" : closingOf(text.charAt(token.start()), token);
        return new SqlProblem(source.placeAt(token.start()), opened + " that does not end", closing);
    }

    private String closingOf(char first, Token token) {
        return switch (first) {
            case '[' -> "]";
            case '$' -> Quotes.dollarMark(source.text(), token.start(), dialect.has(SqlTrait.DOLLAR_TAGS));
            case 'e', 'E' -> "'";
            default -> String.valueOf(first);
        };
    }
}
