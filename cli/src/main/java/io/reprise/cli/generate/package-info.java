/**
 * Sends the sample events of a shop to Kafka, the same ones for the same seed, so that the examples have something to load and
 * to add up. The events of a day that were sent twice carry the same ids.
 */
package io.reprise.cli.generate;
