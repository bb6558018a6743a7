package io.reprise.workflows.saga;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sagas that are declared here, by workflow type. */
public final class Sagas {

    private final Map<String, Saga<?>> byName = new LinkedHashMap<>();

    public Sagas(List<Saga<?>> sagas) {
        for (Saga<?> saga : sagas) {
            if (byName.put(saga.name(), saga) != null) {
                throw new IllegalArgumentException(
                        "cannot register two sagas named '" + saga.name() + "' (expected: one for each workflow type)");
            }
        }
    }

    public static Sagas of(Saga<?>... sagas) {
        return new Sagas(List.of(sagas));
    }

    public Optional<Saga<?>> named(String workflowType) {
        return Optional.ofNullable(byName.get(workflowType));
    }

    public List<Saga<?>> all() {
        return List.copyOf(byName.values());
    }
}
