/** Prepares the databases: the ledger in its own, kit and shop in the one that orders change. Repeating it changes nothing. */
package io.reprise.cli.migration;
