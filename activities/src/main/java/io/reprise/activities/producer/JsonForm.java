package io.reprise.activities.producer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Function;

/** Writes values as JSON, instants in ISO 8601. */
public final class JsonForm<T> implements RecordForm<T> {

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private final String topic;
    private final Function<T, String> key;
    private final Function<T, Instant> time;

    /**
     * @param key what keeps its order
     * @param time when it happened
     */
    public JsonForm(String topic, Function<T, String> key, Function<T, Instant> time) {
        this.topic = topic;
        this.key = key;
        this.time = time;
    }

    @Override
    public Outgoing write(T value) throws Unwritable {
        try {
            byte[] named = key.apply(value).getBytes(StandardCharsets.UTF_8);
            return Outgoing.of(topic, named, JSON.writeValueAsBytes(value)).at(time.apply(value));
        } catch (JsonProcessingException unwritable) {
            throw new Unwritable(String.valueOf(unwritable.getOriginalMessage()), "a value that JSON has", unwritable);
        }
    }
}
