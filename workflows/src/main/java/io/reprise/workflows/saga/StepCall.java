package io.reprise.workflows.saga;

import io.reprise.workflows.run.StepKey;
import java.time.LocalDate;

/**
 * First argument of every forward step: under which key it is fenced, and where the ledger keeps it.
 *
 * @param position place of the step in the declaration, from 1
 * @param last true for the step whose success is the run's: it settles the run as SUCCEEDED together with itself, unless
 *     another outcome of the run was settled before (a revision above 0).
 *     The request hash of a fence must not cover it: a repeat of the same step may come with another value
 */
public record StepCall(StepKey key, String runId, LocalDate startedOn, int position, boolean last) {}
