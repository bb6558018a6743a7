package io.reprise.catalog.shared;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one JSON document strictly: UTF-8, nothing after its end, and not deeper than any document needs. */
public final class JsonText {

    private static final int DEEPEST = 20;
    private static final int LONGEST_NUMBER = 1_000;
    private static final int LONGEST_NAME = 1_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxNameLength(LONGEST_NAME)
                    .build())
            .build();

    private JsonText() {}

    /** Refuses a text that is no JSON with the line and column at which it stops being that. */
    public static Json read(byte[] bytes) throws MalformedJson {
        try (JsonParser parser = FACTORY.createParser(utf8(bytes))) {
            if (parser.nextToken() == null) {
                throw new MalformedJson("nothing", "a JSON document");
            }
            Json document = value(parser);
            if (parser.nextToken() != null) {
                throw new MalformedJson(
                        "more after the end of the document" + at(parser.currentTokenLocation()), "one JSON document");
            }
            return document;
        } catch (JsonProcessingException malformed) {
            throw new MalformedJson(malformed.getOriginalMessage() + at(malformed.getLocation()), "well-formed JSON");
        } catch (IOException impossible) {
            throw new UncheckedIOException("cannot read a text in memory", impossible);
        }
    }

    private static String utf8(byte[] bytes) throws MalformedJson {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new MalformedJson("bytes that are not UTF-8", "JSON in UTF-8");
        }
    }

    private static String at(@Nullable JsonLocation location) {
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static Json value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> members(parser);
            case START_ARRAY -> items(parser);
            case VALUE_STRING -> new Json.Text(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Numeral(parser.getText());
            case VALUE_TRUE -> new Json.Truth(true);
            case VALUE_FALSE -> new Json.Truth(false);
            case VALUE_NULL -> new Json.Nothing();
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("a JSON value cannot begin with " + parser.currentToken());
        };
    }

    private static Json members(JsonParser parser) throws IOException {
        Map<String, Json> members = new LinkedHashMap<>();
        Set<String> writtenTwice = new LinkedHashSet<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (members.put(name, value(parser)) != null) {
                writtenTwice.add(name);
            }
        }
        return new Json.Members(members, writtenTwice);
    }

    private static Json items(JsonParser parser) throws IOException {
        List<Json> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return new Json.Items(items);
    }
}
