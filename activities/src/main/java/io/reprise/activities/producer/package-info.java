/**
 * Writes records to Kafka: what is acknowledged is in the topic, once, in the order of its key; what is not is told, record by
 * record. Nothing else in the product opens a producer of its own.
 */
@NullMarked
package io.reprise.activities.producer;

import org.jspecify.annotations.NullMarked;
