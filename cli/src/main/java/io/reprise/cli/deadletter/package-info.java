/** Dead letters on the command line. A letter is decided once; a replayed one starts nothing twice. */
package io.reprise.cli.deadletter;
