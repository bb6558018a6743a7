package io.reprise.workflows.pipeline;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a value has to stand to another one. */
public enum Relation {
    @JsonProperty("equals")
    EQUALS("equals"),
    @JsonProperty("not")
    NOT("is not"),
    @JsonProperty("greater")
    GREATER("is greater than"),
    @JsonProperty("less")
    LESS("is less than"),
    @JsonProperty("at-least")
    AT_LEAST("is at least"),
    @JsonProperty("at-most")
    AT_MOST("is at most");

    private final String words;

    Relation(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    boolean isOrder() {
        return this != EQUALS && this != NOT;
    }

    boolean holds(int compared) {
        return switch (this) {
            case EQUALS -> compared == 0;
            case NOT -> compared != 0;
            case GREATER -> compared > 0;
            case LESS -> compared < 0;
            case AT_LEAST -> compared >= 0;
            case AT_MOST -> compared <= 0;
        };
    }
}
