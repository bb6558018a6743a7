package io.reprise.catalog.pipeline;

import static io.reprise.catalog.shared.Shape.key;
import static io.reprise.catalog.shared.Shape.keys;
import static io.reprise.catalog.shared.Shape.list;
import static io.reprise.catalog.shared.Shape.listOrNone;
import static io.reprise.catalog.shared.Shape.named;
import static io.reprise.catalog.shared.Shape.text;

import io.reprise.catalog.shared.Shape;

/** What pipelines and their steps have in common. */
final class CommonShape {

    static final Shape SPAN = new Shape.Span();
    static final Shape SCALAR = new Shape.Scalar();
    static final Shape PARAMETERS = named(ParameterReader.NAME, SCALAR);

    static final Shape RETRY = keys(
            "retry",
            StepDefaults.RETRY_KEYS,
            key("attempts", new Shape.Whole(1, StepDefaults.MOST_ATTEMPTS), "How often in all"),
            key("first", SPAN, "The first pause"),
            key("factor", new Shape.Decimal(1, 100), "How much longer each pause is than the one before"),
            key("max", SPAN, "The longest pause"));

    static final Shape ACTIONS = listOrNone(keys(
            "action",
            HookReader.ACTION_KEYS,
            key("log", text(), "Writes a line to the log of the run"),
            key("command", list(text()), "Runs a command, told of the run by its environment"),
            key("notify", text(HookReader.CHANNEL), "Tells a channel")));

    static final Shape STEP_HOOKS = keys(
            "step-hooks",
            HookReader.STEP_KEYS,
            key("success", ACTIONS, "When it has succeeded"),
            key("failure", ACTIONS, "When it has failed"),
            key("undo", ACTIONS, "When its undo has ended"),
            key("stuck", ACTIONS, "When it cannot go on without a person"));

    private CommonShape() {}
}
