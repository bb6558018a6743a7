/** Runs, their steps and audits on the command line. Verbs may be repeated: the api refuses what was done already. */
package io.reprise.cli.run;
