/**
 * Runs declared steps and guarantees their undo: every declared step that has one, started or not, latest first, on failure
 * and on cancel, until it is done or an operator skips it.
 */
package io.reprise.workflows.saga;
