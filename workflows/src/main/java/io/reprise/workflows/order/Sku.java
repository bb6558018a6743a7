package io.reprise.workflows.order;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.reprise.workflows.run.Name;

/** The id of a thing that is kept in stock. */
public record Sku(@JsonValue String value) {

    @JsonCreator
    public Sku {
        new Name(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
