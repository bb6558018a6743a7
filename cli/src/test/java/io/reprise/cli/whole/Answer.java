package io.reprise.cli.whole;

import com.fasterxml.jackson.databind.JsonNode;

/** What the api answered. */
record Answer(int status, JsonNode body) {

    String text(String field) {
        return body.path(field).asText();
    }
}
