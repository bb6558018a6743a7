/** Runs pipelines by their names. */
package io.reprise.cli.pipeline;
