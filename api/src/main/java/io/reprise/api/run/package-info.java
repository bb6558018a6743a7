/**
 * Runs over HTTP: list, show, follow, and the operator's verbs. A verb that was refused has changed nothing; one that was
 * not answered may be sent again with the same Idempotency-Key.
 */
package io.reprise.api.run;
