package io.reprise.catalog.trigger;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.reprise.catalog.shared.RecordPath;
import io.reprise.workflows.run.Name;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the records of a trigger start. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TriggerStart.Order.class, name = "order"),
    @JsonSubTypes.Type(value = TriggerStart.Pipeline.class, name = "pipeline")
})
public sealed interface TriggerStart {

    /** The order that is the record's value. */
    record Order() implements TriggerStart {}

    /**
     * A run of a pipeline.
     *
     * @param slot where the record names it; where it doesn't, it is the newest slot that had ended at the record's time
     * @param parameters what the run is given
     */
    record Pipeline(Name name, Optional<RecordPath> slot, Map<String, RecordValue> parameters) implements TriggerStart {
        public Pipeline {
            parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
        }
    }
}
