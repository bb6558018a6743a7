package io.reprise.catalog.trigger;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.reprise.catalog.shared.DefinitionText;
import io.reprise.catalog.shared.RecordFilter;
import io.reprise.catalog.shared.RecordPath;
import io.reprise.workflows.run.Name;
import java.util.List;
import java.util.Optional;

/**
 * A trigger: which records start what.
 *
 * @param group the consumer group: explicit, so that it stays the same
 * @param id where a record says which run it is; where empty, its topic, partition and offset say it
 * @param key what {@code order} goes by; the record's own key where empty
 * @param filter what a record must meet, all of it
 * @param contract the subject of the records' Avro schemas; empty for JSON
 */
public record TriggerDefinition(
        @JsonProperty("trigger") Name name,
        Optional<String> description,
        Optional<String> owner,
        String topic,
        String group,
        TriggerStart start,
        Optional<RecordPath> id,
        Optional<RecordPath> key,
        KeyOrder order,
        List<RecordFilter> filter,
        Optional<String> contract,
        @JsonProperty("start-at") StartAt startAt,
        Batching batch,
        @JsonProperty("dead-letter") DeadLetterRule deadLetter) {

    /** As ledgers know definitions of this kind. */
    public static final String KIND = "trigger";

    public TriggerDefinition {
        filter = List.copyOf(filter);
    }

    /** The trigger of orders that every worker has, unless a catalog says otherwise under its name. */
    public static TriggerDefinition ordersPlaced(KeyOrder order) {
        return new TriggerDefinition(
                new Name("orders-placed"),
                Optional.of("Places orders"),
                Optional.empty(),
                "shop.orders.placed",
                "reprise.orders-placed",
                new TriggerStart.Order(),
                Optional.empty(),
                Optional.of(RecordPath.of("$.orderId")),
                order,
                List.of(),
                Optional.empty(),
                new StartAt.Earliest(),
                Batching.NONE,
                DeadLetterRule.USUAL);
    }

    /** The one text of this definition. Equal definitions are equal texts. */
    public String json() {
        return DefinitionText.write(this);
    }

    public static TriggerDefinition fromJson(String text) {
        return DefinitionText.read(text, TriggerDefinition.class, "a trigger's definition");
    }

    /** The pipeline that it starts, if it does. */
    public Optional<String> pipeline() {
        return switch (start) {
            case TriggerStart.Order _ -> Optional.empty();
            case TriggerStart.Pipeline pipeline -> Optional.of(pipeline.name().value());
        };
    }
}
