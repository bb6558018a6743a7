package io.reprise.catalog.pipeline;

import io.reprise.catalog.shared.YamlObject;
import io.reprise.catalog.shared.YamlValue;
import java.util.List;
import java.util.Optional;

/**
 * A step as it was read, before it is known whether it fits among the others.
 *
 * @param step without its needs, and in one round
 * @param rounds empty where it is no {@code for-each}
 */
record StepDraft(StepDefinition step, YamlObject fields, Optional<Rounds> rounds, StepUses uses) {

    /**
     * The rounds of a {@code for-each}.
     *
     * @param as the name under which the step reads the value
     */
    record Rounds(String as, List<Object> values, int parallel) {
        Rounds {
            values = List.copyOf(values);
        }
    }

    String id() {
        return step.id();
    }

    /** Where to speak of a key of this step; of the step where the key is not written. */
    YamlValue at(String key) {
        return fields.key(key);
    }

    List<StepDefinition> expanded() {
        return rounds.map(it -> it.values().stream()
                        .map(value -> step.with(step.head().in(new Round(id(), it.as(), value, it.parallel()))))
                        .toList())
                .orElse(List.of(step));
    }
}
