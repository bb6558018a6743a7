/** Looks at catalogs before anything runs: offline, with every problem at once. */
package io.reprise.cli.catalog;
