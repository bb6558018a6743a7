package io.reprise.catalog.pipeline;

import io.reprise.catalog.shared.YamlObject;
import io.reprise.catalog.shared.YamlValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads one step.
 *
 * <p>Refused: steps that say nothing or two things of what they do, kinds that a later version brings, and keys that mean
 * nothing for their kind.
 */
final class StepReader {

    private final HeadReader heads;
    private final SqlStepReader sql;
    private final CheckReader checks;
    private final WaitReader waits;
    private final OtherStepReader others;
    private final boolean last;

    /** @param last whether steps under {@code finally} are read */
    StepReader(PipelineSource source, StepDefaults defaults, List<TableDefinition> tables, boolean last) {
        this.heads = new HeadReader(defaults);
        this.checks = new CheckReader(source, defaults);
        this.sql = new SqlStepReader(source, defaults, checks);
        this.waits = new WaitReader(source, defaults);
        this.others = new OtherStepReader(tables);
        this.last = last;
    }

    Optional<StepDraft> read(YamlValue item) {
        Optional<YamlObject> fields = item.object(StepWord.keysOfAny());
        Optional<StepWord> word = fields.flatMap(this::word);
        if (fields.isEmpty() || word.isEmpty()) {
            return Optional.empty();
        }
        refuseStrangers(fields.get(), word.get());
        StepUses uses = new StepUses();
        StepHead head = heads.read(fields.get(), word.get(), uses);
        Optional<StepDraft.Rounds> rounds = heads.rounds(fields.get());
        return step(word.get(), head, fields.get(), uses).map(step -> new StepDraft(step, fields.get(), rounds, uses));
    }

    private Optional<? extends StepDefinition> step(StepWord word, StepHead head, YamlObject fields, StepUses uses) {
        return switch (word) {
            case SQL -> sql.sql(head, fields, uses);
            case TRANSACTION -> sql.transaction(head, fields, uses);
            case CHECK -> checks.step(head, fields, uses);
            case PUBLISH -> others.publish(head, fields, uses);
            case WAIT -> waits.read(head, fields, uses);
            case COMMAND -> others.command(head, fields);
            case PIPELINE -> others.child(head, fields, uses);
        };
    }

    private Optional<StepWord> word(YamlObject fields) {
        List<String> words = StepWord.words(last);
        List<String> all = Stream.of(StepWord.words(false), StepWord.laterWords())
                .flatMap(List::stream)
                .toList();
        List<String> found = fields.keys().stream().filter(all::contains).toList();
        String expected = "one of " + String.join(", ", words);
        if (found.size() != 1) {
            fields.value().refuse(found.isEmpty() ? "a step that does nothing" : String.join(" and ", found), expected);
            return Optional.empty();
        }
        String word = found.getFirst();
        Optional<String> later = StepWord.later(word);
        if (later.isPresent()) {
            fields.key(word)
                    .refuse("'" + word + "', which comes with " + later.get() + " and is not available yet", expected);
            return Optional.empty();
        }
        if (!words.contains(word)) {
            fields.key(word).refuse("'" + word + "' under finally", expected);
            return Optional.empty();
        }
        return StepWord.of(word);
    }

    private void refuseStrangers(YamlObject fields, StepWord word) {
        List<String> keys = word.keys(last);
        for (String key : fields.keys()) {
            if (keys.contains(key)) {
                continue;
            }
            String where = last ? "a " + word.word() + " step under finally" : "a " + word.word() + " step";
            String found = "'" + key + "' on " + where;
            switch (key) {
                case "undo" -> fields.key(key).refuse(found, last ? "no undo: it runs after all undos" : noUndo(word));
                case "pivot" ->
                    fields.key(key).refuse(found, "a pivot on a sql, transaction or publish step: its fence decides");
                case "retry", "timeout" -> fields.key(key).refuse(found, noRetry(word));
                default -> fields.key(key).refuse(found, "only " + String.join(", ", keys));
            }
        }
    }

    private static String noUndo(StepWord word) {
        return word == StepWord.PUBLISH ? "publish: {…, undo: version}" : "no undo: it changes nothing itself";
    }

    private static String noRetry(StepWord word) {
        return word == StepWord.WAIT
                ? "every: and within: inside wait"
                : "none: the steps of the other pipeline have their own";
    }
}
