/**
 * Remembers which steps wait for a record of a topic, and what answered them: each once, by whichever worker comes first, and
 * told to its run as often as it takes.
 */
package io.reprise.db.sensor;
