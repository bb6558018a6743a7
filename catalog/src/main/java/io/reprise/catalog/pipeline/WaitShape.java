package io.reprise.catalog.pipeline;

import static io.reprise.catalog.shared.Shape.either;
import static io.reprise.catalog.shared.Shape.key;
import static io.reprise.catalog.shared.Shape.keys;
import static io.reprise.catalog.shared.Shape.list;
import static io.reprise.catalog.shared.Shape.named;
import static io.reprise.catalog.shared.Shape.needed;
import static io.reprise.catalog.shared.Shape.text;
import static io.reprise.catalog.shared.Shape.words;

import io.reprise.catalog.shared.FilterReader;
import io.reprise.catalog.shared.Shape;

/** What may stand in {@code wait}. */
final class WaitShape {

    private static final Shape FILE = keys(
            "file",
            WaitReader.FILE_KEYS,
            needed("path", text(), "Its path; {name} stands for a value, * and ? in the last part match any"),
            key("min-bytes", new Shape.Whole(0, WaitReader.MOST_BYTES), "How many bytes it must have"),
            key("unchanged-for", CommonShape.SPAN, "For how long it must not have changed"));

    private static final Shape HTTP = keys(
            "http",
            WaitReader.HTTP_KEYS,
            needed("url", text(), "What is asked for; {name} stands for a value"),
            key("status", new Shape.Whole(100, 599), "The status of the answer"),
            key("contains", text(), "A text that must stand in the answer"));

    private static final Shape RUN = keys(
            "run",
            WaitReader.RUN_KEYS,
            needed("pipeline", text(PipelineReader.NAME), "Whose run"),
            key("slot", words("same"), "The slot of the same name"),
            key("parameters", CommonShape.PARAMETERS, "Which of its runs"));

    private static final Shape TOPIC = keys(
            "topic",
            TopicWaitReader.KEYS,
            needed("name", text(TopicWaitReader.TOPIC), "Which topic"),
            key("key", text(), "What the record's key must be; {name} stands for a value"),
            key(
                    "where",
                    list(FilterReader.CONDITION),
                    "What it must meet, all of it; {name} in a text stands for a value"),
            key("contract", text(), "The subject of its Avro schema; otherwise it is JSON"),
            key("since", text(), "run, slot or a duration back: from when on records count"),
            key("capture", named(OutputReader.NAME, text()), "Outputs of the step, each with where the record has it"));

    static final Shape WAIT = keys(
            "wait",
            WaitReader.KEYS,
            key("sql", text(), "Until a query answers a row"),
            key("file", either(text(), FILE), "Until a file is there"),
            key("http", either(text(), HTTP), "Until a GET of an address is answered so"),
            key("run", RUN, "Until the run of another pipeline for the same slot has succeeded"),
            key("topic", either(text(TopicWaitReader.TOPIC), TOPIC), "Until a record is in a topic"),
            key(
                    "approval",
                    either(text(), keys("approval", WaitReader.APPROVAL_KEYS, key("message", text(), "What is asked"))),
                    "Until a person says yes"),
            key("every", CommonShape.SPAN, "How often it looks"),
            key("within", CommonShape.SPAN, "How long it waits before it has failed"),
            key(
                    "else",
                    keys(
                            "wait-else",
                            SqlStepReader.ELSE_KEYS,
                            needed("refuse", text(SqlStepReader.REASON), "The reason with which it then fails")),
                    "What becomes of it then"));

    private WaitShape() {}
}
