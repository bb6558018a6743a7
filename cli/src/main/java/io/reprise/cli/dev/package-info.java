/**
 * Everything on one machine: the servers, the worker and the api in one process.
 *
 * <p>Data is kept in one folder that one process at a time owns; Ctrl-C leaves no process behind, and the next start ends what
 * a kill left.
 */
package io.reprise.cli.dev;
