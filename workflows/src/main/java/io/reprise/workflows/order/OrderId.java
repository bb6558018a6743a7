package io.reprise.workflows.order;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.reprise.workflows.run.Name;

/** The id of an order, chosen by whoever places it. */
public record OrderId(@JsonValue String value) {

    @JsonCreator
    public OrderId {
        new Name(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
