package io.reprise.activities.stream;

/**
 * A column that stands for a field of a contract.
 *
 * @param field as the contract names it
 * @param name as the table does
 * @param type as PostgreSQL writes it
 */
record TypedColumn(String field, String name, String type, ColumnWriter writer) {}
