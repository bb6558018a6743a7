package io.reprise.catalog.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.reprise.catalog.shared.FilePlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where each value of one JSON document stands, by JSON pointer. */
final class JsonPlaces {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(AvroText.DEEPEST)
                    .maxNumberLength(100)
                    .maxNameLength(1_000)
                    .build())
            .build();

    private final Map<String, At> places = new LinkedHashMap<>();

    /** @param path a JSON pointer */
    record At(String path, int line, int column) {

        static final At START = new At("", 1, 1);

        String words() {
            return " at line " + line + ", column " + column + (path.isEmpty() ? "" : " (" + path + ")");
        }
    }

    private JsonPlaces() {}

    /** Refuses what is no JSON document, what has a key twice, and what is nested too deeply. */
    static JsonPlaces of(String text) throws BadSchema {
        JsonPlaces places = new JsonPlaces();
        try (JsonParser parser = FACTORY.createParser(text)) {
            while (parser.nextToken() != null) {
                places.note(parser);
            }
        } catch (JsonProcessingException malformed) {
            throw new BadSchema(at("", malformed.getLocation()), malformed.getOriginalMessage(), "one JSON document");
        } catch (IOException impossible) {
            throw new UncheckedIOException("cannot read a text in memory", impossible);
        }
        if (places.places.isEmpty()) {
            throw new BadSchema(At.START, "nothing", "a schema");
        }
        return places;
    }

    private void note(JsonParser parser) throws BadSchema {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY || token == JsonToken.FIELD_NAME) {
            return;
        }
        boolean opens = token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY;
        var context = opens ? parser.getParsingContext().getParent() : parser.getParsingContext();
        String path = context.pathAsPointer().toString();
        At at = at(path, parser.currentTokenLocation());
        if (places.putIfAbsent(path, at) != null) {
            throw new BadSchema(at, "more after the end of the document", "one JSON document");
        }
    }

    private static At at(String path, JsonLocation location) {
        return location == null ? At.START : new At(path, location.getLineNr(), location.getColumnNr());
    }

    /** Of the value itself, or of what it would stand in. */
    At find(CharSequence pointer) {
        String path = pointer.toString();
        for (String known = path; !known.isEmpty(); known = known.substring(0, known.lastIndexOf('/'))) {
            At at = places.get(known);
            if (at != null) {
                return new At(path, at.line(), at.column());
            }
        }
        return new At(path, 1, 1);
    }

    FilePlace in(String file, String pointer) {
        At at = find(pointer);
        return new FilePlace(file, at.line(), at.column());
    }
}
