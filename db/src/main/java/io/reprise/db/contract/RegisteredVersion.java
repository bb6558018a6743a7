package io.reprise.db.contract;

/**
 * A schema under the name of a subject.
 *
 * @param deleted softly: whoever knows it may read it still
 */
public record RegisteredVersion(String subject, int version, RegisteredSchema schema, boolean deleted) {}
