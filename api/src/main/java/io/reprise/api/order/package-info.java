/**
 * Orders over HTTP: place, show, cancel. Placing the same order again, with or without an Idempotency-Key, places nothing
 * twice; what was placed is undone by cancelling it before it completes.
 */
package io.reprise.api.order;
