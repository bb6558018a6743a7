package io.reprise.db.contract;

import java.util.UUID;

/**
 * A schema that has a number.
 *
 * @param guid by which every registry knows it
 */
public record RegisteredSchema(int id, UUID guid, String text) {}
