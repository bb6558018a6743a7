package io.reprise.db.pipeline;

/** Runs that are under way with a definition that is not current: they end with what they began with. */
public record OlderRuns(String feature, String name, String hash, int runs) {}
