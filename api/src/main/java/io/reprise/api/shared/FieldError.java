package io.reprise.api.shared;

/**
 * One thing that is wrong with a request.
 *
 * @param pointer where: a JSON pointer into the body, or the name of a header or query parameter
 */
public record FieldError(String pointer, String found, String expected) {}
