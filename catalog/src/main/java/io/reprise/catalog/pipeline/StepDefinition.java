package io.reprise.catalog.pipeline;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** One step of a pipeline. A {@code for-each} is one step for each of its rounds. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SqlStep.class, name = "sql"),
    @JsonSubTypes.Type(value = TransactionStep.class, name = "transaction"),
    @JsonSubTypes.Type(value = CheckStep.class, name = "check"),
    @JsonSubTypes.Type(value = PublishStep.class, name = "publish"),
    @JsonSubTypes.Type(value = WaitStep.class, name = "wait"),
    @JsonSubTypes.Type(value = CommandStep.class, name = "command"),
    @JsonSubTypes.Type(value = ChildStep.class, name = "pipeline")
})
public sealed interface StepDefinition
        permits SqlStep, TransactionStep, CheckStep, PublishStep, WaitStep, CommandStep, ChildStep {

    /** What every step says of itself. */
    StepHead head();

    /** The same step with another head. */
    StepDefinition with(StepHead other);

    /** Whether it can be undone. */
    boolean hasUndo();

    default String id() {
        return head().id();
    }
}
