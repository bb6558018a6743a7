/**
 * Reads contracts: what the records of a topic are, version by version, and who answers for them. Every mistake of a folder is
 * told at once, with its place.
 */
package io.reprise.catalog.contract;
