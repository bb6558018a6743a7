/**
 * Reads connections and environments: which databases there are, and what stands for them where a pipeline runs. A
 * definition names a connection and never holds its secrets.
 */
package io.reprise.catalog.connection;
