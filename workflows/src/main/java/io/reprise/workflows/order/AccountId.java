package io.reprise.workflows.order;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.reprise.workflows.run.Name;

/** The id of the account that pays. */
public record AccountId(@JsonValue String value) {

    @JsonCreator
    public AccountId {
        new Name(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
