/** Schedules on the command line. A paused schedule forgets nothing: what falls due is missed, and run by its rule later. */
package io.reprise.cli.schedule;
