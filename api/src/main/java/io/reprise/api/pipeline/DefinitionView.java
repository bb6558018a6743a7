package io.reprise.api.pipeline;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.reprise.db.pipeline.Definition;
import java.time.Instant;

/**
 * A definition with its text.
 *
 * @param createdAt when it was first applied
 * @param text the canonical JSON from which the hash was made
 */
public record DefinitionView(
        String hash,
        String kind,
        String name,
        Instant createdAt,
        @JsonRawValue String text) {

    static DefinitionView of(Definition definition) {
        return new DefinitionView(
                definition.hash(), definition.kind(), definition.name(), definition.createdAt(), definition.text());
    }
}
