package io.reprise.activities.saga;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.reprise.workflows.run.StepKey;
import org.jspecify.annotations.Nullable;

/** Puts what a step recorded into its fence and reads it back. */
final class Recorded {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Recorded() {}

    static String write(Object result) {
        try {
            return JSON.writeValueAsString(result);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException(
                    "cannot record a result of type " + result.getClass().getName() + " (expected: a JSON value)",
                    unwritable);
        }
    }

    static <R> R read(StepKey key, @Nullable String result, Class<R> type) {
        if (result == null) {
            throw new IllegalStateException(
                    "cannot read what " + key + " recorded: its fence is DONE without a result");
        }
        try {
            return JSON.readValue(result, type);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException(
                    "cannot read what " + key + " recorded: found " + result + " (expected: " + type.getName() + ")",
                    unreadable);
        }
    }
}
