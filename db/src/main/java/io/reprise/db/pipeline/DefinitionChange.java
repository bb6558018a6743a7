package io.reprise.db.pipeline;

import io.reprise.db.shared.Effect;
import java.util.Optional;

/**
 * What becomes of one definition.
 *
 * @param before hash of what is current now
 * @param after hash of what will be
 */
public record DefinitionChange(
        String kind, String name, Effect effect, Optional<String> before, Optional<String> after) {}
