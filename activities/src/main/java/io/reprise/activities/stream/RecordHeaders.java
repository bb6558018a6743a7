package io.reprise.activities.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Headers as JSON: {@code [{"key": …, "value": base64}]}, as dead letters have them. */
final class RecordHeaders {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int JSONB_VERSION = 1;

    private RecordHeaders() {}

    static void append(CopyBuffer into, Headers headers) {
        if (!headers.iterator().hasNext()) {
            into.nothing();
            return;
        }
        int opened = into.open();
        into.int1(JSONB_VERSION);
        byte[] json = json(headers);
        into.raw(json, 0, json.length);
        into.close(opened);
    }

    private static byte[] json(Headers headers) {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(written)) {
            json.writeStartArray();
            for (Header header : headers) {
                json.writeStartObject();
                // PostgreSQL keeps no NUL.
                json.writeStringField("key", header.key().replace('\0', '\uFFFD'));
                if (header.value() == null) {
                    json.writeNullField("value");
                } else {
                    json.writeBinaryField("value", header.value());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException("cannot write into memory", impossible);
        }
        return written.toByteArray();
    }
}
