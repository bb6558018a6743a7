/** Triggers on the command line. A paused trigger loses nothing: its records wait in Kafka. */
package io.reprise.cli.trigger;
