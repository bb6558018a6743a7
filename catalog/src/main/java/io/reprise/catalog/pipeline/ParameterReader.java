package io.reprise.catalog.pipeline;

import io.reprise.catalog.shared.YamlMember;
import io.reprise.catalog.shared.YamlObject;
import io.reprise.catalog.shared.YamlValue;
import io.reprise.workflows.run.Name;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads {@code parameters} and {@code key}.
 *
 * <p>Refused: names that the engine uses, defaults and allowed values of another type, a default that is not allowed, keys
 * that are no parameters, and key values that could not stand in a run's id.
 */
final class ParameterReader {

    static final List<String> KEYS = List.of("type", "default", "allowed", "description");

    static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    static final String NAME_EXPECTED = "a name like region: small letters, digits and _";

    /** The values that every step may read. */
    static final Set<String> OF_EVERY_RUN = Set.of("run_id", "step_key");

    /** The values that steps of a run with a slot may read too. */
    static final Set<String> OF_SLOT = Set.of("slot", "slot_day", "slot_start", "slot_end");

    private ParameterReader() {}

    /** In the order of their names. */
    static List<ParameterDefinition> parameters(YamlObject pipeline) {
        List<ParameterDefinition> parameters = new ArrayList<>();
        pipeline.member("parameters").ifPresent(mapping -> {
            for (YamlMember member : mapping.members(NAME, NAME_EXPECTED)) {
                if (OF_EVERY_RUN.contains(member.name()) || OF_SLOT.contains(member.name())) {
                    member.refuseName("the name '" + member.name() + "', which every run has", "another name");
                }
                member.value()
                        .object(KEYS)
                        .map(fields -> parameter(member.name(), fields))
                        .ifPresent(parameters::add);
            }
        });
        parameters.sort(Comparator.comparing(ParameterDefinition::name));
        return parameters;
    }

    private static ParameterDefinition parameter(String name, YamlObject fields) {
        ParameterType type = fields.word("type", ParameterType.class).orElse(ParameterType.STRING);
        List<Object> allowed = new ArrayList<>();
        fields.member("allowed").ifPresent(list -> {
            for (YamlValue item : list.items()) {
                value(type, item).ifPresent(allowed::add);
            }
            if (list.isList() && list.items().isEmpty()) {
                list.refuse("an empty list", "at least one allowed value");
            }
        });
        ParameterDefinition any =
                new ParameterDefinition(name, type, fields.text("description"), Optional.empty(), allowed);
        Optional<Object> fallback = fields.member("default").flatMap(value -> value(type, value));
        if (fallback.isPresent() && any.read(String.valueOf(fallback.get())).isEmpty()) {
            YamlValue written = fields.member("default").orElseThrow();
            written.refuse(written.words(), any.expected());
        }
        return new ParameterDefinition(name, type, any.description(), fallback, allowed);
    }

    private static Optional<Object> value(ParameterType type, YamlValue value) {
        Optional<Object> read = value.isScalar() ? value.text().flatMap(type::read) : Optional.empty();
        if (read.isEmpty()) {
            value.refuse(value.words(), type.expected());
        }
        return read;
    }

    static List<String> key(YamlObject pipeline, List<ParameterDefinition> parameters) {
        List<String> names = parameters.stream().map(ParameterDefinition::name).toList();
        List<String> key = new ArrayList<>();
        pipeline.member("key").ifPresent(list -> {
            for (YamlValue item : list.items()) {
                String name = item.text().orElse("");
                if (!names.contains(name)) {
                    item.refuseName("the unknown parameter '" + name + "'", name, names);
                    continue;
                }
                if (key.contains(name)) {
                    item.refuse("the parameter '" + name + "' twice", "it once");
                    continue;
                }
                key.add(name);
            }
        });
        parameters.stream()
                .filter(parameter -> key.contains(parameter.name()))
                .forEach(parameter -> refuseUnnameable(pipeline.key("key"), parameter));
        return key;
    }

    private static void refuseUnnameable(YamlValue key, ParameterDefinition parameter) {
        List<Object> values = new ArrayList<>(parameter.allowed());
        parameter.fallback().ifPresent(values::add);
        values.stream()
                .filter(value -> !Name.isName(String.valueOf(value)))
                .findFirst()
                .ifPresent(value -> key.refuse(
                        "the key '" + parameter.name() + "', which may be '" + value + "'",
                        "values that may stand in a run's id: " + Name.FORM));
    }
}
