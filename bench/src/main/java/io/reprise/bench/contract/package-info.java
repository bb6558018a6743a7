/** Measures the gate of contracts. */
package io.reprise.bench.contract;
