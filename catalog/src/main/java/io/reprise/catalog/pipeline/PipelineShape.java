package io.reprise.catalog.pipeline;

import static io.reprise.catalog.shared.Shape.either;
import static io.reprise.catalog.shared.Shape.key;
import static io.reprise.catalog.shared.Shape.keys;
import static io.reprise.catalog.shared.Shape.list;
import static io.reprise.catalog.shared.Shape.listOrNone;
import static io.reprise.catalog.shared.Shape.named;
import static io.reprise.catalog.shared.Shape.needed;
import static io.reprise.catalog.shared.Shape.text;
import static io.reprise.catalog.shared.Shape.words;

import io.reprise.catalog.schedule.MissedPolicy;
import io.reprise.catalog.schedule.TimeReader;
import io.reprise.catalog.shared.Shape;
import io.reprise.workflows.saga.FailurePolicy;

/** What may stand in a {@code pipeline.yaml}. What may stand in its steps, {@link StepShape} says. */
public final class PipelineShape {

    private static final Shape NAME = text(PipelineReader.NAME);
    private static final Shape RUNS = new Shape.Whole(1, PipelineReader.MOST_RUNS);

    private static final Shape RUN_HOOKS = keys(
            "run-hooks",
            HookReader.RUN_KEYS,
            key("success", CommonShape.ACTIONS, "When the run has succeeded"),
            key("failure", CommonShape.ACTIONS, "Once, when the run has failed and its undo, if any, has ended"),
            key("undo", CommonShape.ACTIONS, "When the undo has ended, after a failure or a cancel"),
            key("stuck", CommonShape.ACTIONS, "When a step cannot go on without a person"),
            key(
                    "late",
                    keys(
                            "late-hook",
                            HookReader.LATE_KEYS,
                            needed("by", text(), "The local time by which the slot must be done, such as \"02:00\""),
                            key("do", CommonShape.ACTIONS, "What is done then")),
                    "Once, for a slot that is not done in time"));

    /** Of a whole file. */
    public static final Shape PIPELINE = keys(
            "pipeline",
            PipelineReader.KEYS,
            needed("pipeline", NAME, "Its name, which is that of its folder"),
            key("description", text(), "What it is for"),
            key("owner", text(), "Whom to ask"),
            key("slot", slot(), "What one run stands for"),
            key("schedule", schedule(), "When it is started by itself"),
            key("parameters", named(ParameterReader.NAME, parameter()), "Values that a run is given"),
            key("key", listOrNone(text()), "The parameters that make another run of the same slot"),
            key("concurrency", concurrency(), "How many runs may be under way"),
            key("input", input(), "The table that it reads slot by slot"),
            key("late", late(), "Restates slots whose input changed after their run"),
            key(
                    "tables",
                    named(TableReader.ALIAS, either(target(), stage())),
                    "The only identifiers that SQL may take, as {alias}"),
            key("defaults", defaults(), "What holds for steps that say nothing of it"),
            key("failure", words(FailurePolicy.class), "undo where any step has an undo, else hold"),
            needed("steps", list(StepShape.any(false)), "What it does"),
            key("finally", list(StepShape.any(true)), "What is done at the end of every run"),
            key("hooks", RUN_HOOKS, "What is told to whom"),
            key("after", listOrNone(after()), "Starts a run when another pipeline's slot is done"));

    private PipelineShape() {}

    private static Shape slot() {
        Shape size = words("none", "hour", "day", "month");
        return either(
                size,
                keys(
                        "slot",
                        TimeReader.SLOT_KEYS,
                        needed("size", size, "How long a slot lasts"),
                        key("zone", text(), "Whose clock cuts time into slots, such as Europe/Berlin")));
    }

    private static Shape schedule() {
        return keys(
                "schedule",
                TimeReader.SCHEDULE_KEYS,
                needed("cron", text(), "Five fields: minute hour day-of-month month day-of-week"),
                key("zone", text(), "Whose clock it follows, such as Europe/Berlin"),
                key("start", text(), "The first local day on which it may fire"),
                key("missed", words(MissedPolicy.class), "What becomes of slots that passed while nothing ran"),
                key("jitter", CommonShape.SPAN, "How much later than its firing a run may start"));
    }

    private static Shape parameter() {
        return keys(
                "parameter",
                ParameterReader.KEYS,
                key("type", words(ParameterType.class), "string, unless said"),
                key("default", CommonShape.SCALAR, "What holds where a run is given none"),
                key("allowed", list(CommonShape.SCALAR), "All values that it may have"),
                key("description", text(), "What it is for"));
    }

    private static Shape concurrency() {
        return keys(
                "concurrency",
                PipelineReader.CONCURRENCY_KEYS,
                key("per-key", RUNS, "Runs of the same slot and key"),
                key("slots", RUNS, "Runs of different slots"),
                key("order", words(PipelineReader.Order.class), "sequential: each slot waits for the one before"));
    }

    private static Shape input() {
        return keys(
                "input",
                TableReader.INPUT_KEYS,
                key("connection", text(), "Where the table is"),
                needed("table", text(TableReader.TABLE), "Such as raw.events"),
                needed("slot-column", text(TableReader.IDENTIFIER), "By which its rows belong to a slot"),
                key("digest", text(TableReader.IDENTIFIER), "A column with a hash of each row"));
    }

    private static Shape late() {
        return keys(
                "late",
                TableReader.LATE_KEYS,
                needed("look-back", CommonShape.SPAN, "How far back"),
                key("every", CommonShape.SPAN, "How often it looks"),
                key("do", words(TableReader.Late.class), "What is done with a slot that changed"));
    }

    private static Shape target() {
        return keys(
                "table",
                TableReader.TABLE_KEYS,
                key("schema", text(TableReader.IDENTIFIER), "An environment may put another in its place"),
                needed("name", text(TableReader.IDENTIFIER), "The table's name"),
                key("scope", text(), "Which of its rows a run is responsible for, as a condition in SQL"),
                key("connection", text(), "Where the table is"));
    }

    private static Shape stage() {
        return keys(
                "stage",
                TableReader.STAGE_KEYS,
                needed("like", text(), "The table whose columns it has"),
                key("per", words(TableReader.Per.class), "For whom it is made"),
                key("keep-on-failure", CommonShape.SPAN, "How long it is kept where the run failed"));
    }

    private static Shape defaults() {
        return keys(
                "defaults",
                StepDefaults.KEYS,
                key("connection", text(), "Where steps run"),
                key("retry", CommonShape.RETRY, "How steps are repeated after a failure that may pass"),
                key("timeout", CommonShape.SPAN, "How long one attempt may take"));
    }

    private static Shape after() {
        return keys(
                "after",
                PipelineReader.AFTER_KEYS,
                needed("pipeline", NAME, "Whose slot"),
                key("slot", words(PipelineReader.AfterSlot.class), "The slot of the same name"),
                key("parameters", CommonShape.PARAMETERS, "What the run is given"));
    }
}
