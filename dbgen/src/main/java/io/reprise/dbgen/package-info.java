/**
 * Generates the jOOQ classes of the ledger from its migrations during the build. What was generated stands until a
 * migration, or this generator, changes.
 */
package io.reprise.dbgen;
