package io.reprise.catalog.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reprise.catalog.contract.JsonPlaces.At;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Reads JSON that says one thing to everybody: one document, no key twice, and nothing nested too deeply. */
final class StrictJson {

    static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(AvroText.DEEPEST)
                    .maxNumberLength(100)
                    .maxNameLength(1_000)
                    .build())
            .build();

    private static final JsonMapper JSON = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private StrictJson() {}

    /** Refuses what is no such document. */
    static void check(String text) throws BadSchema {
        read(text, parser -> parser.nextToken() == null ? null : parser.skipChildren());
    }

    /** The document without what only indents it: equal documents are equal lines. */
    static String oneLine(String text) throws BadSchema {
        StringWriter line = new StringWriter(text.length());
        try (JsonGenerator written = JSON.createGenerator(line)) {
            read(text, parser -> parser.nextToken() == null ? null : copy(parser, written));
        } catch (IOException impossible) {
            throw new UncheckedIOException("cannot write into memory", impossible);
        }
        return line.toString();
    }

    /** Fractions in the one form that equal ones have. */
    private static JsonParser copy(JsonParser parser, JsonGenerator written) throws IOException {
        int open = 0;
        do {
            JsonToken token = parser.currentToken();
            if (token == JsonToken.VALUE_NUMBER_FLOAT) {
                written.writeTree(JSON.readTree(parser));
            } else {
                written.copyCurrentEvent(parser);
            }
            if (token.isStructStart()) {
                open++;
            } else if (token.isStructEnd()) {
                open--;
            }
        } while (open > 0 && parser.nextToken() != null);
        return parser;
    }

    private interface Reading<T> {
        @Nullable
        T of(JsonParser parser) throws IOException;
    }

    private static <T> T read(String text, Reading<T> reading) throws BadSchema {
        try (JsonParser parser = FACTORY.createParser(text)) {
            T document = reading.of(parser);
            if (document == null) {
                throw new BadSchema(At.START, "nothing", "a schema");
            }
            if (parser.nextToken() != null) {
                throw new BadSchema(
                        At.of("", parser.currentTokenLocation()),
                        "more after the end of the document",
                        "one JSON document");
            }
            return document;
        } catch (JsonProcessingException malformed) {
            JsonLocation place = malformed.getLocation();
            throw new BadSchema(At.of("", place), malformed.getOriginalMessage(), "one JSON document");
        } catch (IOException impossible) {
            throw new UncheckedIOException("cannot read a text in memory", impossible);
        }
    }
}
