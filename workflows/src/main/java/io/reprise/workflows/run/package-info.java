/**
 * What every run has, whatever it does: its names, its two outcomes and the contract by which its ledger entry is written.
 * Writing an outcome twice is harmless: each is keyed by run and step.
 */
package io.reprise.workflows.run;
