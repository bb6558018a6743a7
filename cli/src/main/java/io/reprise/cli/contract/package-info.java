/** Commands that look at contracts: a gate for what is to be released, and help for whoever writes the next version. */
package io.reprise.cli.contract;
