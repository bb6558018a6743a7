/**
 * Reads pipelines: every mistake of a folder at once, and of each pipeline one definition, a canonical text that holds all
 * that its runs need. A definition never changes; a changed file makes another one, for new runs only.
 */
package io.reprise.catalog.pipeline;
