/** The commands about connections. */
package io.reprise.cli.connection;
