/**
 * What fence, outbox and ledger cost: the order saga against a bare workflow that changes the same rows, on the same servers
 * and workers, in alternating rounds.
 */
@NullMarked
package io.reprise.bench.saga;

import org.jspecify.annotations.NullMarked;
