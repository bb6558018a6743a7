/**
 * Finds out what the bytes of a record mean. A schema that nobody has is the record's fault, a registry that is away is not:
 * the first may become a dead letter, the second makes the reader wait.
 */
package io.reprise.activities.contract;
