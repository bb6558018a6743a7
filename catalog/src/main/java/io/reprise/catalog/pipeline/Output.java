package io.reprise.catalog.pipeline;

import java.util.Optional;

/**
 * A small value that a step hands on, read elsewhere as {@code :<step>.<name>}.
 *
 * @param column the column of the first row that its last statement answers, or where the record has it; without one, the source says what it is
 */
public record Output(String name, OutputSource source, Optional<String> column) {}
