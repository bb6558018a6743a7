package io.reprise.api.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reprise.api.contract.RegistryRefused.Reason;
import io.reprise.catalog.contract.AvroText;
import io.reprise.catalog.contract.BadSchema;
import io.reprise.db.contract.NewSchema;
import org.jspecify.annotations.Nullable;

/** Reads what clients send. Only Avro is served, and no schema that refers to others. */
final class SchemaWish {

    private static final JsonMapper JSON = new JsonMapper();

    private SchemaWish() {}

    static NewSchema schema(@Nullable String body) {
        JsonNode wish = document(body);
        String type = wish.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw bad("found schemaType " + type + " (expected: AVRO, for no other is served)");
        }
        if (!wish.path("references").isEmpty()) {
            throw bad("found references (expected: none; write the types into the schema)");
        }
        if (!wish.path("schema").isTextual()) {
            throw bad("found no schema (expected: {\"schema\": \"…\"})");
        }
        try {
            return new NewSchema(AvroText.canonical(wish.path("schema").asText()));
        } catch (BadSchema malformed) {
            throw bad(String.valueOf(malformed.getMessage()));
        }
    }

    static String word(@Nullable String body, String name, Reason otherwise) {
        JsonNode word = document(body).path(name);
        if (!word.isTextual()) {
            throw new RegistryRefused(otherwise, "found no " + name + " (expected: {\"" + name + "\": \"…\"})");
        }
        return word.asText();
    }

    private static JsonNode document(@Nullable String body) {
        try {
            JsonNode document = JSON.readTree(body == null ? "" : body);
            if (document.isObject()) {
                return document;
            }
        } catch (JsonProcessingException noJson) {
            throw new RegistryRefused(
                    Reason.BAD_REQUEST, "found a body that is no JSON: " + noJson.getOriginalMessage());
        }
        throw new RegistryRefused(Reason.BAD_REQUEST, "found no JSON object (expected: one)");
    }

    private static RegistryRefused bad(String words) {
        return new RegistryRefused(Reason.BAD_SCHEMA, "Invalid schema: " + words);
    }
}
