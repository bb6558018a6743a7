package io.reprise.workflows.saga;

/** What a step answers that a person approved. */
public record Approved(String by, String reason) {}
