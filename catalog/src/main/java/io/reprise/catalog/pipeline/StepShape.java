package io.reprise.catalog.pipeline;

import static io.reprise.catalog.shared.Shape.either;
import static io.reprise.catalog.shared.Shape.key;
import static io.reprise.catalog.shared.Shape.keys;
import static io.reprise.catalog.shared.Shape.list;
import static io.reprise.catalog.shared.Shape.listOrNone;
import static io.reprise.catalog.shared.Shape.named;
import static io.reprise.catalog.shared.Shape.needed;
import static io.reprise.catalog.shared.Shape.oneOrList;
import static io.reprise.catalog.shared.Shape.text;
import static io.reprise.catalog.shared.Shape.words;

import io.reprise.catalog.shared.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** What may stand in a step, for each of the words that say what it does. */
final class StepShape {

    private static final Shape SPAN = CommonShape.SPAN;
    private static final Shape SCALAR = CommonShape.SCALAR;
    private static final Shape FLAG = new Shape.Flag();
    private static final Shape COMMAND = list(text());
    private static final Shape PIPELINE = text(PipelineReader.NAME);
    private static final Shape COLUMNS = list(text(TableReader.IDENTIFIER));

    private static final Shape RELATIONS = either(
            SCALAR,
            keys(
                    "relations",
                    Conditions.RELATIONS,
                    Conditions.RELATIONS.stream()
                            .map(relation -> key(relation, SCALAR, "A value, or :another one"))
                            .toArray(Shape.Key[]::new)));

    private static final Shape ELSE = keys(
            "else",
            SqlStepReader.ELSE_KEYS,
            needed("refuse", text(SqlStepReader.REASON), "The reason with which the run fails"));

    private static final Shape EXPECT = keys(
            "expect",
            SqlStepReader.EXPECT_KEYS,
            needed("affected", RELATIONS, "How many rows must have been affected"),
            key("else", ELSE, "What becomes of the run where it does not hold"));

    private static final Shape.Keys COLUMNS_OF_A_TABLE = keys(
            "columns",
            CheckReader.COLUMN_KEYS,
            needed("table", text(), "A name from tables:"),
            needed("columns", COLUMNS, "Some of its columns"));

    private static final Shape CHECK = keys(
            "check",
            CheckReader.KEYS,
            key("name", text(), "Stands once in its step"),
            key("sql", text(), "A query that answers the offending rows, or the file of one"),
            key("unique", COLUMNS_OF_A_TABLE, "No two rows are alike in these columns"),
            key("not-null", COLUMNS_OF_A_TABLE, "No row has nothing in one of these columns"),
            key("rows", rows(), "How many rows a table has"));

    private static final Shape ITEM = keys(
            "transaction-item",
            SqlStepReader.ITEM_KEYS,
            key("sql", text(), "SQL, or the name of a file that ends in .sql"),
            key("check", CHECK, "Rolls the transaction back where rows offend"),
            key("outputs", outputs(either(words("affected"), column())), "Small values that it hands on"),
            key("expect", EXPECT, "What must hold of the number of affected rows"),
            key("allow-clock", FLAG, "Whether it may read the time of day"));

    private StepShape() {}

    /** Any step; only some may stand under {@code finally}. */
    static Shape any(boolean last) {
        List<String> words = StepWord.words(last);
        return new Shape.Either(Arrays.stream(StepWord.values())
                .filter(word -> words.contains(word.word()))
                .map(word -> of(word, last))
                .toList());
    }

    private static Shape of(StepWord word, boolean last) {
        List<String> read = word.keys(last);
        Shape.Key[] keys = read.stream().map(key -> described(key, word)).toArray(Shape.Key[]::new);
        return keys((last ? "last-" : "") + word.word() + "-step", read, keys);
    }

    private static Shape.Key described(String key, StepWord word) {
        if (key.equals(word.word())) {
            return needed(key, what(word), purpose(word));
        }
        return switch (key) {
            case "id" -> needed(key, text(HeadReader.ID), "Stands once in the pipeline");
            case "description" -> key(key, text(), "What it is for");
            case "needs" -> key(key, either(text(), listOrNone(text())), "What must be over; else the step above");
            case "when" -> key(key, named(Conditions.NAME, RELATIONS), "What must hold; else it is skipped");
            case "for-each" -> key(key, rounds(), "One step for each value");
            case "with" -> key(key, named(with(word), SCALAR), "Values by name, or :another one");
            case "if-fails" -> key(key, words(HeadReader.IfFails.class), "fail, unless said");
            case "hooks" -> key(key, CommonShape.STEP_HOOKS, "What is told to whom");
            case "connection" -> key(key, text(), "Where it runs");
            case "retry" -> key(key, CommonShape.RETRY, "How it is repeated after a failure that may pass");
            case "timeout" -> key(key, SPAN, "How long one attempt may take");
            case "undo" -> key(key, word == StepWord.COMMAND ? COMMAND : text(), "What undoes it");
            case "pivot" -> key(key, FLAG, "Whether nothing is undone once it has succeeded");
            case "expect" -> key(key, EXPECT, "What must hold of the number of affected rows");
            case "outputs" -> key(key, outputs(word), "Small values that it hands on, read as :step.name");
            case "guarantee" -> key(key, guarantee(word), "What is promised where it is attempted again");
            case "allow-clock" -> key(key, FLAG, "Whether it may read the time of day");
            case "explain" -> key(key, FLAG, "Whether the plan of its statements is kept in the ledger");
            default -> throw new IllegalStateException("cannot describe '" + key + "' (expected: a key of a step)");
        };
    }

    private static Pattern with(StepWord word) {
        return word == StepWord.COMMAND ? HeadReader.VALUE_NAME : ParameterReader.NAME;
    }

    private static Shape guarantee(StepWord word) {
        return word == StepWord.COMMAND ? words("idempotent", "at-least-once") : words(Guarantee.class);
    }

    private static Shape outputs(StepWord word) {
        return outputs(
                switch (word) {
                    case PUBLISH -> words("inserted", "updated", "deleted");
                    case COMMAND -> words("last-line");
                    case WAIT -> column();
                    case SQL, TRANSACTION, CHECK, PIPELINE -> either(words("affected"), column());
                });
    }

    private static Shape outputs(Shape source) {
        return named(OutputReader.NAME, source);
    }

    private static Shape column() {
        return keys(
                "column",
                OutputReader.COLUMN_KEYS,
                needed("column", text(), "A column of the first row that is answered"));
    }

    private static Shape rows() {
        Shape many = new Shape.Whole(0, CheckReader.MOST_ROWS);
        return keys(
                "rows",
                CheckReader.ROW_KEYS,
                needed("table", text(), "A name from tables:"),
                key("min", many, "At least"),
                key("max", many, "At most"));
    }

    private static Shape rounds() {
        Shape many = new Shape.Whole(1, HeadReader.MOST_ROUNDS);
        return keys(
                "for-each",
                HeadReader.ROUND_KEYS,
                needed("values", list(SCALAR), "Each makes a step with an id of its own"),
                needed("as", text(ParameterReader.NAME), "The name under which the step reads the value"),
                key("parallel", many, "How many run beside each other"),
                key("max", many, "How many values there may be"));
    }

    private static String purpose(StepWord word) {
        return switch (word) {
            case SQL -> "Statements in one transaction: SQL, or the name of a file that ends in .sql";
            case TRANSACTION -> "Changes, and checks between them, in one transaction";
            case CHECK -> "What must hold of data";
            case PUBLISH -> "Brings a stage into its table: only what differs, in one transaction";
            case WAIT -> "Waits for something in the world";
            case COMMAND -> "A program and its arguments; no shell reads them";
            case PIPELINE -> "Runs another pipeline and waits for its end";
        };
    }

    private static Shape what(StepWord word) {
        return switch (word) {
            case SQL -> text();
            case TRANSACTION -> list(ITEM);
            case CHECK -> oneOrList(CHECK);
            case PUBLISH -> publish();
            case WAIT -> WaitShape.WAIT;
            case COMMAND -> COMMAND;
            case PIPELINE ->
                either(
                        PIPELINE,
                        keys(
                                "child",
                                OtherStepReader.CHILD_KEYS,
                                needed("name", PIPELINE, "Which pipeline"),
                                key("slot", words(WaitReader.ChildSlot.class), "For the same slot, or for none"),
                                key("parameters", CommonShape.PARAMETERS, "What it is given")));
        };
    }

    private static Shape publish() {
        return keys(
                "publish",
                OtherStepReader.PUBLISH_KEYS,
                needed("from", text(), "A stage from tables:"),
                needed("to", text(), "A table from tables:, with a scope"),
                needed("key", COLUMNS, "The columns that make a row the same row"),
                key("by", words(OtherStepReader.By.class), "Only what differs is written"),
                key("undo", words(OtherStepReader.PublishUndo.class), "version: what was there before is kept"));
    }
}
