package io.reprise.catalog.shared;

/**
 * One thing that is wrong with a document.
 *
 * @param pointer a JSON pointer to it; empty for the document itself
 */
public record FieldError(String pointer, String found, String expected) {

    @Override
    public String toString() {
        return (pointer.isEmpty() ? "the document" : pointer) + ": found " + found + " (expected: " + expected + ")";
    }
}
