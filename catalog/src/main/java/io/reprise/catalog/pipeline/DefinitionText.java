package io.reprise.catalog.pipeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.reprise.workflows.run.RunInput;
import java.util.HexFormat;

/** Writes definitions the one way in which equal definitions are equal texts. Hashes stand in ledgers: never change it. */
final class DefinitionText {

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .defaultPropertyInclusion(JsonInclude.Value.construct(Include.NON_ABSENT, Include.USE_DEFAULTS))
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private DefinitionText() {}

    static String write(PipelineDefinition definition) {
        try {
            return JSON.writeValueAsString(definition);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("cannot write the definition of " + definition.name(), impossible);
        }
    }

    static PipelineDefinition read(String text) {
        try {
            return JSON.readValue(text, PipelineDefinition.class);
        } catch (JsonProcessingException noDefinition) {
            throw new IllegalArgumentException(
                    "cannot read a definition: " + noDefinition.getOriginalMessage()
                            + " (expected: the text of a pipeline's definition)",
                    noDefinition);
        }
    }

    static String hash(String text) {
        return HexFormat.of().formatHex(new RunInput(text).hash());
    }
}
