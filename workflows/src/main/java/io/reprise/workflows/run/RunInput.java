package io.reprise.workflows.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The input of a run as canonical JSON: equal inputs are equal texts, and so have equal hashes. */
public record RunInput(@JsonValue String json) {

    @JsonCreator
    public RunInput {
        if (json.isBlank()) {
            throw new IllegalArgumentException("cannot take a blank text as a run's input (expected: canonical JSON)");
        }
    }

    /** SHA-256 of the text in UTF-8. */
    public byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("cannot hash an input: every Java has SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return json;
    }
}
