package io.reprise.worker.pipeline;

import io.reprise.db.shared.KeptMonths;
import java.util.Optional;

/** Knows which runs the ledger has dropped for good. */
@FunctionalInterface
interface ForgottenRuns {

    /** The months that it keeps; none while it stands behind a mark of its own, since it may know too little then. */
    Optional<KeptMonths> months();
}
