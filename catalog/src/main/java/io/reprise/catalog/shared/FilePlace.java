package io.reprise.catalog.shared;

/**
 * A place in a file of the catalog.
 *
 * @param file from the catalog's folder on
 * @param line from 1
 * @param column from 1
 */
public record FilePlace(String file, int line, int column) {

    public static FilePlace startOf(String file) {
        return new FilePlace(file, 1, 1);
    }
}
