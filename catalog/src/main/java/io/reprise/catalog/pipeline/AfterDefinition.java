package io.reprise.catalog.pipeline;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Starts a run when another pipeline's slot is done.
 *
 * @param parameters what the run is given
 */
public record AfterDefinition(String pipeline, Map<String, Object> parameters) {
    public AfterDefinition {
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    }
}
