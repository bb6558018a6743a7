package io.reprise.activities.contract;

import io.reprise.activities.contract.SchemaSource.Answer.Found;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps for ever what another source found, for a reference never means another schema. What it did not find is asked for each
 * time: how long to wait between, the caller knows.
 */
public final class CachedSchemas implements SchemaSource {

    private final SchemaSource source;
    private final Map<SchemaReference, Found> found = new ConcurrentHashMap<>();

    public CachedSchemas(SchemaSource source) {
        this.source = source;
    }

    @Override
    public Answer resolve(SchemaReference reference) {
        Found known = found.get(reference);
        if (known != null) {
            return known;
        }
        Answer answer = source.resolve(reference);
        if (answer instanceof Found now) {
            found.putIfAbsent(reference, now);
        }
        return answer;
    }
}
