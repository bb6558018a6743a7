package io.reprise.catalog.pipeline;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** One thing that a transaction does. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TransactionItem.Change.class, name = "change"),
    @JsonSubTypes.Type(value = TransactionItem.Verify.class, name = "verify")
})
public sealed interface TransactionItem {

    record Change(SqlPart part) implements TransactionItem {}

    /** Rolls the transaction back where rows offend. */
    record Verify(CheckDefinition check) implements TransactionItem {}
}
