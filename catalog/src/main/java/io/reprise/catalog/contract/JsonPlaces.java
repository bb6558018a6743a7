package io.reprise.catalog.contract;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.reprise.catalog.shared.FilePlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where each value of one JSON document stands, by JSON pointer. Nothing is looked up before somebody asks. */
final class JsonPlaces {

    private final String document;
    private @Nullable Map<String, At> places;

    /** @param path a JSON pointer */
    record At(String path, int line, int column) {

        static final At START = new At("", 1, 1);

        static At of(String path, @Nullable JsonLocation location) {
            return location == null ? START : new At(path, location.getLineNr(), location.getColumnNr());
        }

        String words() {
            return " at line " + line + ", column " + column + (path.isEmpty() ? "" : " (" + path + ")");
        }
    }

    /** @param document that {@link StrictJson} lets through */
    JsonPlaces(String document) {
        this.document = document;
    }

    /** Of the value itself, or of what it would stand in. */
    At find(CharSequence pointer) {
        if (places == null) {
            places = read(document);
        }
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

    private static Map<String, At> read(String document) {
        Map<String, At> places = new HashMap<>();
        try (JsonParser parser = StrictJson.FACTORY.createParser(document)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (!token.isStructEnd() && token != JsonToken.FIELD_NAME) {
                    String path = path(parser, token);
                    places.put(path, At.of(path, parser.currentTokenLocation()));
                }
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException("cannot read a document that was read before", impossible);
        }
        return places;
    }

    private static String path(JsonParser parser, JsonToken token) {
        var within = parser.getParsingContext();
        return (token.isStructStart() ? within.getParent() : within)
                .pathAsPointer()
                .toString();
    }
}
