package io.reprise.catalog.pipeline;

import java.util.Optional;

/**
 * The table that a pipeline reads slot by slot.
 *
 * @param slotColumn by which its rows belong to a slot
 * @param digest a column with a hash of each row, from which a changed slot is known
 */
public record InputDefinition(
        String connection, Optional<String> schema, String table, String slotColumn, Optional<String> digest) {}
