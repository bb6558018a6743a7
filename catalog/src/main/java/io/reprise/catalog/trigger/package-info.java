/**
 * Reads triggers, and what their records ask for. One mapping serves the worker that reads a record first and the api that
 * replays it, so that both make the same run of the same bytes.
 */
package io.reprise.catalog.trigger;
