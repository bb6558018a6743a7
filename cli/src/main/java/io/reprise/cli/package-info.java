/** The {@code reprise} command: one subcommand a verb, one package a feature. */
package io.reprise.cli;
