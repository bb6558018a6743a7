/** What every command shares: its exit code, its way to fail and its output format. */
package io.reprise.cli.shared;
