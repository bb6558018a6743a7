/**
 * Remembers runs: each accepted exactly once under its workflow id, each outcome written so that a late writer never
 * overwrites a newer one. What is written about steps can be rebuilt from the facts beside their fences.
 */
package io.reprise.db.run;
