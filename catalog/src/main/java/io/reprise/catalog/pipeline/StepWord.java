package io.reprise.catalog.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The words that say what a step does, each with the keys that may stand beside it. */
enum StepWord {
    SQL("sql", true),
    TRANSACTION("transaction", true),
    CHECK("check", true),
    PUBLISH("publish", false),
    WAIT("wait", false),
    COMMAND("command", true),
    PIPELINE("pipeline", false);

    /** Of every step among the steps. */
    private static final List<String> OF_ALL =
            List.of("id", "description", "needs", "when", "for-each", "with", "if-fails", "hooks");

    /** Of every step under {@code finally}. */
    private static final List<String> OF_LAST =
            List.of("id", "description", "needs", "when", "with", "if-fails", "hooks");

    private static final Set<String> NOT_LAST = Set.of("undo", "pivot");

    private final String word;
    private final boolean mayBeLast;

    StepWord(String word, boolean mayBeLast) {
        this.word = word;
        this.mayBeLast = mayBeLast;
    }

    String word() {
        return word;
    }

    private List<String> ownKeys() {
        return switch (this) {
            case SQL ->
                List.of(
                        "connection",
                        "retry",
                        "timeout",
                        "undo",
                        "pivot",
                        "expect",
                        "outputs",
                        "guarantee",
                        "allow-clock",
                        "explain");
            case TRANSACTION -> List.of("connection", "retry", "timeout", "undo", "pivot", "guarantee", "explain");
            case CHECK -> List.of("connection", "retry", "timeout", "allow-clock", "explain");
            case PUBLISH -> List.of("retry", "timeout", "pivot", "outputs");
            case WAIT -> List.of("connection", "outputs", "allow-clock");
            case COMMAND -> List.of("retry", "timeout", "undo", "outputs", "guarantee");
            case PIPELINE -> List.of();
        };
    }

    /** Words of steps that a later version brings, with what brings them. */
    static Optional<String> later(String word) {
        return switch (word) {
            case "transfer" -> Optional.of("transfers between databases");
            case "notify", "http" -> Optional.of("notifications");
            default -> Optional.empty();
        };
    }

    static List<String> laterWords() {
        return List.of("transfer", "notify", "http");
    }

    static Optional<StepWord> of(String word) {
        return Arrays.stream(values()).filter(it -> it.word.equals(word)).findFirst();
    }

    static List<String> words(boolean last) {
        return Arrays.stream(values())
                .filter(it -> it.mayBeLast || !last)
                .map(StepWord::word)
                .toList();
    }

    /** The keys that may stand in such a step. */
    List<String> keys(boolean last) {
        List<String> all = new ArrayList<>(last ? OF_LAST : OF_ALL);
        all.add(word);
        ownKeys().stream().filter(key -> !last || !NOT_LAST.contains(key)).forEach(all::add);
        return all;
    }

    /** The keys that may stand in some step. */
    static List<String> keysOfAny() {
        Set<String> all = new LinkedHashSet<>(OF_ALL);
        for (StepWord word : values()) {
            all.addAll(word.keys(false));
        }
        all.addAll(laterWords());
        return List.copyOf(all);
    }
}
