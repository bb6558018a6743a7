package io.reprise.catalog.pipeline;

import io.reprise.catalog.shared.YamlObject;
import io.reprise.catalog.shared.YamlValue;
import io.reprise.workflows.run.Name;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code publish}, {@code command} and {@code pipeline} steps. */
final class OtherStepReader {

    static final List<String> PUBLISH_KEYS = List.of("from", "to", "key", "by", "undo");
    static final List<String> CHILD_KEYS = List.of("name", "slot", "parameters");

    private static final Pattern NAME = Pattern.compile(Name.FORM);

    enum By {
        DIFFERENCE
    }

    enum PublishUndo {
        VERSION,
        NONE
    }

    private final List<TableDefinition> tables;

    OtherStepReader(List<TableDefinition> tables) {
        this.tables = tables;
    }

    Optional<PublishStep> publish(StepHead head, YamlObject step, StepUses uses) {
        Optional<YamlObject> fields = step.member("publish").flatMap(value -> value.object(PUBLISH_KEYS));
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        Optional<TableDefinition> from = table(fields.get(), "from", TableDefinition.Stage.class, uses);
        Optional<TableDefinition> to = table(fields.get(), "to", TableDefinition.Target.class, uses);
        refuseMismatch(fields.get(), from, to);
        List<String> key = fields.get()
                .required("key", "the columns that make a row the same row")
                .map(CheckReader::columns)
                .orElse(List.of());
        fields.get().word("by", By.class);
        boolean version = fields.get()
                        .word("undo", PublishUndo.class)
                        .orElse(head.pivot() ? PublishUndo.NONE : PublishUndo.VERSION)
                == PublishUndo.VERSION;
        List<Output> outputs =
                OutputReader.read(step, OutputSource.INSERTED, OutputSource.UPDATED, OutputSource.DELETED);
        String connection = to.map(TableDefinition::connection).orElse("");
        return Optional.of(new PublishStep(
                head,
                connection,
                from.map(TableDefinition::alias).orElse(""),
                to.map(TableDefinition::alias).orElse(""),
                key,
                version,
                outputs));
    }

    private Optional<TableDefinition> table(
            YamlObject fields, String key, Class<? extends TableDefinition> sort, StepUses uses) {
        boolean stage = sort == TableDefinition.Stage.class;
        Optional<YamlValue> value = fields.required(key, stage ? "a stage from tables:" : "a table from tables:");
        String alias = value.flatMap(YamlValue::text).orElse("");
        List<String> names = tables.stream()
                .filter(sort::isInstance)
                .map(TableDefinition::alias)
                .toList();
        Optional<TableDefinition> found = tables.stream()
                .filter(sort::isInstance)
                .filter(table -> table.alias().equals(alias))
                .findFirst();
        if (value.isPresent() && found.isEmpty()) {
            value.get().refuseName("'" + alias + "', which is no " + (stage ? "stage" : "table"), alias, names);
        }
        found.ifPresent(it -> uses.table(alias, value.orElseThrow()));
        return found;
    }

    private static void refuseMismatch(
            YamlObject fields, Optional<TableDefinition> from, Optional<TableDefinition> to) {
        if (from.isEmpty() || to.isEmpty()) {
            return;
        }
        if (from.get() instanceof TableDefinition.Stage stage
                && !stage.like().equals(to.get().alias())) {
            fields.key("from")
                    .refuse(
                            "a stage like '" + stage.like() + "'",
                            "a stage like '" + to.get().alias() + "'");
        }
        if (to.get() instanceof TableDefinition.Target target && target.scope().isEmpty()) {
            fields.key("to")
                    .refuse(
                            "the table '" + target.alias() + "' without a scope",
                            "scope: under tables: which rows a run replaces");
        }
    }

    Optional<CommandStep> command(StepHead head, YamlObject step) {
        Optional<List<String>> words = step.member("command").flatMap(Commands::words);
        Optional<List<String>> undo = step.member("undo").flatMap(Commands::words);
        Guarantee guarantee = step.word("guarantee", Guarantee.class).orElse(Guarantee.AT_LEAST_ONCE);
        if (guarantee == Guarantee.FENCED) {
            step.key("guarantee")
                    .refuse("a fenced command", "idempotent or at-least-once: no fence stands around a command");
        }
        List<Output> outputs = OutputReader.read(step, OutputSource.LAST_LINE);
        return words.map(it -> new CommandStep(head, guarantee, it, undo, outputs));
    }

    Optional<ChildStep> child(StepHead head, YamlObject step, StepUses uses) {
        YamlValue value = step.member("pipeline").orElseThrow();
        if (value.isScalar()) {
            return value.text(NAME, "the name of a pipeline").map(name -> new ChildStep(head, name, true, Map.of()));
        }
        Optional<YamlObject> fields = value.object(CHILD_KEYS);
        boolean same = fields.flatMap(it -> it.word("slot", WaitReader.ChildSlot.class))
                        .orElse(WaitReader.ChildSlot.SAME)
                == WaitReader.ChildSlot.SAME;
        Map<String, Object> parameters =
                fields.map(it -> WaitReader.parameters(it, uses)).orElse(Map.of());
        return fields.flatMap(it -> it.required("name", "the name of a pipeline"))
                .flatMap(name -> name.text(NAME, "the name of a pipeline"))
                .map(name -> new ChildStep(head, name, same, parameters));
    }
}
