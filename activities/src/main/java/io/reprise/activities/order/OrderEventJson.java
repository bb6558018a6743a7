package io.reprise.activities.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** Writes the events of orders, and reads them back. */
final class OrderEventJson {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private OrderEventJson() {}

    static String write(OrderEvent event) {
        try {
            return JSON.writerFor(OrderEvent.class).writeValueAsString(event);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalStateException("cannot write " + event, unwritable);
        }
    }

    static OrderEvent read(String payload) throws JsonProcessingException {
        return JSON.readValue(payload, OrderEvent.class);
    }
}
