package io.reprise.catalog.sql;

/**
 * A place in a file, as editors count: from 1.
 *
 * @param column counts UTF-16 units, so that a tab is one
 */
public record Place(String file, int line, int column) {

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
