package io.reprise.catalog.trigger;

import static io.reprise.catalog.shared.Shape.key;
import static io.reprise.catalog.shared.Shape.keys;
import static io.reprise.catalog.shared.Shape.listOrNone;
import static io.reprise.catalog.shared.Shape.named;
import static io.reprise.catalog.shared.Shape.needed;
import static io.reprise.catalog.shared.Shape.text;
import static io.reprise.catalog.shared.Shape.words;

import io.reprise.catalog.shared.FilterReader;
import io.reprise.catalog.shared.Shape;

/** What may stand in {@code triggers/<name>.yaml}. */
public final class TriggerShape {

    private static final Shape SCALAR = new Shape.Scalar();

    /** Of a whole file. */
    public static final Shape TRIGGER = keys(
            "trigger",
            TriggerReader.KEYS,
            needed("trigger", text(TriggerReader.NAME), "Its name, which is that of its file"),
            key("description", text(), "What it is for"),
            key("owner", text(), "Whom to ask"),
            needed("topic", text(TriggerReader.TOPIC), "The topic whose records it reads"),
            needed("group", text(TriggerReader.GROUP), "Its consumer group; triggers of one topic may share one"),
            needed("start", start(), "What a record starts"),
            key("id", text(), "Where a record says which run it is; otherwise trigger, topic, partition and offset do"),
            key("key", text(), "What order goes by; otherwise the record's key"),
            key("order", words(KeyOrder.class), "What a run waits for among those of its key"),
            key("filter", listOrNone(FilterReader.CONDITION), "What a record must meet, all of it"),
            key("contract", text(), "The subject of its records' Avro schemas; otherwise they are JSON"),
            key("start-at", text(), "earliest, latest or an instant: where it begins in a topic that is new to it"),
            key("batch", batch(), "How many records make one run"),
            key("dead-letter", deadLetter(), "When a record is given up"));

    private TriggerShape() {}

    private static Shape start() {
        return keys(
                "start",
                TriggerReader.START_KEYS,
                key("workflow", words("order"), "The order that is the record's value"),
                key("pipeline", text(TriggerReader.NAME), "A run of this pipeline"),
                key("slot", text(), "Where the record names the slot, such as $.day"),
                key("parameters", named(TriggerReader.PARAMETER, SCALAR), "Constants, $.paths, or facts like @key"));
    }

    private static Shape batch() {
        return keys(
                "batch",
                TriggerReader.BATCH_KEYS,
                key("records", new Shape.Whole(1, Batching.MOST), "At most so many"),
                key("within", new Shape.Span(), "How long the first waits for the others at most"));
    }

    private static Shape deadLetter() {
        return keys(
                "dead-letter",
                TriggerReader.DEAD_LETTER_KEYS,
                key(
                        "attempts",
                        new Shape.Whole(1, DeadLetterRule.MOST_ATTEMPTS),
                        "How often a schema that nobody knows is asked for"),
                key(
                        "storm",
                        keys(
                                "storm",
                                TriggerReader.STORM_KEYS,
                                key("percent", new Shape.Whole(1, 100), "More of a minute's records than this"),
                                key("least", new Shape.Whole(1, StormRule.MOST), "And at least so many")),
                        "When records that fail alike stop the trigger"));
    }
}
