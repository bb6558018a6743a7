package io.reprise.catalog.contract;

import java.time.LocalDate;
import java.util.Optional;

/**
 * What is let through although a rule forbids it, until a day.
 *
 * @param version which brought it in
 * @param path where in the schema, as a JSON pointer; empty for wherever it is in that version
 * @param until the last day on which it holds
 */
public record Waiver(Rule rule, int version, Optional<String> path, LocalDate until, String reason) {}
