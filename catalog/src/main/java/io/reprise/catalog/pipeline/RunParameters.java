package io.reprise.catalog.pipeline;

import io.reprise.catalog.shared.FieldError;
import io.reprise.catalog.shared.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads the parameters of a run, with what holds where none is given, and tells everything that is wrong at once. */
final class RunParameters {

    private static final Pattern IN_AN_ID = Pattern.compile("[A-Za-z0-9._:-]{1,100}");

    private final PipelineDefinition definition;
    private final Map<String, Object> read = new TreeMap<>();
    private final List<FieldError> errors = new ArrayList<>();

    private RunParameters(PipelineDefinition definition) {
        this.definition = definition;
    }

    static Map<String, Object> read(PipelineDefinition definition, Map<String, ?> given) throws BadParameters {
        RunParameters parameters = new RunParameters(definition);
        parameters.refuseUnknown(given);
        definition.parameters().forEach(it -> parameters.read(it, Optional.ofNullable(given.get(it.name()))));
        definition.key().forEach(parameters::checkKey);
        if (!parameters.errors.isEmpty()) {
            throw new BadParameters(definition.name().value(), parameters.errors);
        }
        return parameters.read;
    }

    private void refuseUnknown(Map<String, ?> given) {
        List<String> names =
                definition.parameters().stream().map(ParameterDefinition::name).toList();
        for (String name : given.keySet()) {
            if (!names.contains(name)) {
                String nearest = NearestName.to(name, names)
                        .map(it -> "; did you mean '" + it + "'?")
                        .orElse("");
                wrong(name, "an unknown parameter", "one of " + names + nearest);
            }
        }
    }

    private void read(ParameterDefinition parameter, Optional<?> given) {
        if (given.isEmpty()) {
            parameter
                    .fallback()
                    .ifPresentOrElse(
                            it -> read.put(parameter.name(), it),
                            () -> wrong(parameter.name(), "nothing", parameter.expected()));
            return;
        }
        String text = String.valueOf(given.get());
        parameter
                .read(text)
                .ifPresentOrElse(
                        it -> read.put(parameter.name(), it),
                        () -> wrong(parameter.name(), "'" + text + "'", parameter.expected()));
    }

    private void checkKey(String key) {
        Object value = read.get(key);
        if (value != null && !IN_AN_ID.matcher(value.toString()).matches()) {
            wrong(key, "'" + value + "'", "a key that can stand in the id of a run: " + IN_AN_ID);
        }
    }

    private void wrong(String name, String found, String expected) {
        errors.add(new FieldError("/" + name, found, expected));
    }
}
