package io.reprise.catalog.pipeline;

import io.reprise.catalog.shared.Scalars;
import io.reprise.catalog.shared.YamlObject;
import io.reprise.catalog.shared.YamlValue;
import io.reprise.workflows.run.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what every step may say of itself. */
final class HeadReader {

    static final List<String> ROUND_KEYS = List.of("values", "as", "parallel", "max");

    static final Pattern ID = Pattern.compile(Name.FORM);
    static final Pattern VALUE_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");
    static final int MOST_ROUNDS = 500;
    private static final int USUAL_ROUNDS = 200;
    private static final int USUAL_PARALLEL = 4;

    enum IfFails {
        FAIL,
        CONTINUE
    }

    private final StepDefaults defaults;

    HeadReader(StepDefaults defaults) {
        this.defaults = defaults;
    }

    StepHead read(YamlObject fields, StepWord word, StepUses uses) {
        String id = fields.required("id", "a name that stands once, such as capture")
                .flatMap(value -> value.text(ID, "a name like capture, " + Name.FORM))
                .orElse("?");
        return new StepHead(
                id,
                fields.text("description"),
                List.of(),
                Conditions.when(fields, uses),
                with(fields, word, uses),
                Optional.empty(),
                defaults.retryOf(fields),
                defaults.timeoutOf(fields),
                fields.flag("pivot").orElse(false),
                fields.word("if-fails", IfFails.class).orElse(IfFails.FAIL) == IfFails.CONTINUE,
                HookReader.ofStep(fields));
    }

    private static Map<String, Object> with(YamlObject fields, StepWord word, StepUses uses) {
        Pattern form = word == StepWord.COMMAND ? VALUE_NAME : ParameterReader.NAME;
        String expected = word == StepWord.COMMAND ? "a name like REGION" : ParameterReader.NAME_EXPECTED;
        Optional<YamlValue> mapping = fields.member("with");
        Map<String, Object> values =
                mapping.map(it -> Scalars.read(it, form, expected)).orElse(Map.of());
        mapping.ifPresent(it -> uses.operands(values, it));
        return values;
    }

    Optional<StepDraft.Rounds> rounds(YamlObject step) {
        Optional<YamlObject> fields = step.member("for-each").flatMap(value -> value.object(ROUND_KEYS));
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        int most = fields.get().integer("max", 1, MOST_ROUNDS).orElse(USUAL_ROUNDS);
        int parallel = fields.get().integer("parallel", 1, MOST_ROUNDS).orElse(USUAL_PARALLEL);
        Optional<String> as = fields.get()
                .required("as", "the name under which the step reads the value")
                .flatMap(value -> value.text(ParameterReader.NAME, ParameterReader.NAME_EXPECTED));
        List<Object> values = fields.get()
                .required("values", "a list of values")
                .map(HeadReader::values)
                .orElse(List.of());
        if (values.size() > most) {
            fields.get().key("values").refuse(values.size() + " values", "at most max: " + most);
        }
        if (as.isEmpty() || values.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new StepDraft.Rounds(as.get(), values, parallel));
    }

    private static List<Object> values(YamlValue list) {
        List<Object> values = new ArrayList<>();
        for (YamlValue item : list.items()) {
            Optional<Object> value = item.isScalar() ? Scalars.read(item) : Optional.empty();
            if (value.isEmpty() || !Name.isName(String.valueOf(value.get()))) {
                item.refuse(item.words(), "a value that may stand in a step's id, " + Name.FORM);
                continue;
            }
            if (values.stream().anyMatch(other -> String.valueOf(other).equals(String.valueOf(value.get())))) {
                item.refuse("the value " + item.words() + " twice", "it once");
                continue;
            }
            values.add(value.get());
        }
        if (list.isList() && list.items().isEmpty()) {
            list.refuse("an empty list", "at least one value");
        }
        return values;
    }
}
