package io.reprise.db.run;

import io.reprise.workflows.run.WorkflowId;

/** What became of the wish to retry a run. */
public sealed interface Retried {

    /** The next generation stands in the ledger, QUEUED; under the caller's lease where it is not bounded. */
    record NextGeneration(RunRef run, NewRun what) implements Retried {}

    record NotFound(String runId) implements Retried {}

    /** Why it may not be retried, in words for the person who asked. */
    sealed interface Refused extends Retried {

        String words();
    }

    record NotEnded(Run run) implements Refused {
        @Override
        public String words() {
            return "cannot retry " + run.ref().workflowId() + ": it is "
                    + run.word().text() + " (expected: a run that failed or was cancelled, and whose undo ended)";
        }
    }

    record Succeeded(Run run) implements Refused {
        @Override
        public String words() {
            return "cannot retry " + run.ref().workflowId()
                    + ": it succeeded (expected: a run that failed or was cancelled)";
        }
    }

    record PartlyUndone(Run run) implements Refused {
        @Override
        public String words() {
            return "cannot retry " + run.ref().workflowId()
                    + ": an operator skipped part of its undo (expected: an undo that is"
                    + " done, or acceptance of the partial one)";
        }
    }

    record NotSo(Run run, String found, String expected) implements Refused {
        @Override
        public String words() {
            return "cannot retry " + run.ref().workflowId() + ": " + found + " (expected: " + expected + ")";
        }
    }

    record RetriedBefore(Run run, WorkflowId next) implements Refused {
        @Override
        public String words() {
            return "cannot retry " + run.ref().workflowId() + ": it was retried as " + next
                    + " (expected: the newest generation)";
        }
    }

    record LedgerRestored(long highWater, long mark) implements Refused {
        @Override
        public String words() {
            return "cannot retry while the ledger (at " + highWater + ") is behind its kits (at " + mark
                    + ") (expected: reprise audit --all --accept)";
        }
    }
}
