package io.reprise.catalog.sql;

import io.reprise.catalog.sql.Token.Kind;
import java.util.List;
import java.util.Set;

/** A statement's code, one shape for each token; what stands in executable comments is code as well. */
record Phrase(List<Token> tokens, List<String> shapes) {

    static Phrase of(SqlStatement statement) {
        List<Token> code = statement.tokens().stream().filter(Token::isCode).toList();
        String text = statement.source().text();
        return new Phrase(
                code, code.stream().map(token -> Shape.of(token, text)).toList());
    }

    int size() {
        return shapes.size();
    }

    /** Empty beyond either end. */
    String at(int index) {
        return index >= 0 && index < shapes.size() ? shapes.get(index) : "";
    }

    boolean is(int index, Kind kind) {
        return index >= 0 && index < tokens.size() && tokens.get(index).kind() == kind;
    }

    Phrase from(int index) {
        int first = Math.min(index, shapes.size());
        return new Phrase(tokens.subList(first, tokens.size()), shapes.subList(first, shapes.size()));
    }

    boolean begins(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!at(i).equals(words[i])) {
                return false;
            }
        }
        return true;
    }

    boolean contains(String word) {
        return shapes.contains(word);
    }

    boolean isClientCommand() {
        return is(0, Kind.CLIENT_COMMAND);
    }

    /** The first of these words outside all parentheses that opened since {@code from}; the size where there is none. */
    int findOutside(int from, Set<String> words) {
        int depth = 0;
        for (int i = from; i < size(); i++) {
            if (at(i).equals("(")) {
                depth++;
            } else if (at(i).equals(")")) {
                depth--;
            } else if (depth == 0 && words.contains(at(i))) {
                return i;
            }
        }
        return size();
    }

    /** The index of the parenthesis that closes the one at {@code open}; the size where none does. */
    int closing(int open) {
        int depth = 0;
        for (int i = open; i < size(); i++) {
            depth += at(i).equals("(") ? 1 : at(i).equals(")") ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return size();
    }
}
