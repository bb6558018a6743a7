package io.reprise.catalog.trigger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** Writes triggers the one way in which equal triggers are equal texts. Ledgers keep them: never change it. */
final class TriggerText {

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .defaultPropertyInclusion(JsonInclude.Value.construct(Include.NON_ABSENT, Include.USE_DEFAULTS))
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private TriggerText() {}

    static String write(TriggerDefinition trigger) {
        try {
            return JSON.writeValueAsString(trigger);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("cannot write the trigger " + trigger.name(), impossible);
        }
    }

    static TriggerDefinition read(String text) {
        try {
            return JSON.readValue(text, TriggerDefinition.class);
        } catch (JsonProcessingException noTrigger) {
            throw new IllegalArgumentException(
                    "cannot read a trigger: " + noTrigger.getOriginalMessage()
                            + " (expected: the text of a trigger's definition)",
                    noTrigger);
        }
    }
}
