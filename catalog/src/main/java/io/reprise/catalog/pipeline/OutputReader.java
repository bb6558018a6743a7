package io.reprise.catalog.pipeline;

import io.reprise.catalog.shared.YamlMember;
import io.reprise.catalog.shared.YamlObject;
import io.reprise.catalog.shared.YamlValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the outputs of a step: {@code {rows: affected, newest: {column: max_id}}}. */
final class OutputReader {

    static final List<String> COLUMN_KEYS = List.of("column");

    static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");
    private static final int MOST = 16;

    private OutputReader() {}

    /** In the order of their names. */
    static List<Output> read(YamlObject fields, OutputSource... sources) {
        List<OutputSource> possible = List.of(sources);
        List<Output> outputs = new ArrayList<>();
        fields.member("outputs").ifPresent(mapping -> {
            for (YamlMember member : mapping.members(NAME, "a name like rows")) {
                output(member, possible).ifPresent(outputs::add);
            }
            if (outputs.size() > MOST) {
                mapping.refuse(outputs.size() + " outputs", "at most " + MOST + " small values");
            }
        });
        outputs.sort(Comparator.comparing(Output::name));
        return outputs;
    }

    private static Optional<Output> output(YamlMember member, List<OutputSource> possible) {
        YamlValue value = member.value();
        if (value.isObject() && possible.contains(OutputSource.COLUMN)) {
            return value.object(COLUMN_KEYS)
                    .flatMap(it -> it.required("column", "a column of the first row that is answered"))
                    .flatMap(YamlValue::text)
                    .map(column -> new Output(member.name(), OutputSource.COLUMN, Optional.of(column)));
        }
        Optional<String> text = value.isScalar() ? value.text() : Optional.empty();
        Optional<OutputSource> source = possible.stream()
                .filter(it -> it != OutputSource.COLUMN && written(it).equals(text.orElse("")))
                .findFirst();
        if (source.isEmpty()) {
            value.refuse(value.words(), expected(possible));
        }
        return source.map(it -> new Output(member.name(), it, Optional.empty()));
    }

    private static String expected(List<OutputSource> possible) {
        return String.join(
                " or ",
                possible.stream()
                        .map(it -> it == OutputSource.COLUMN ? "{column: …}" : written(it))
                        .toList());
    }

    private static String written(OutputSource source) {
        return source.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
