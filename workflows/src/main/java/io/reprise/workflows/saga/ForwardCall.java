package io.reprise.workflows.saga;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One step on its way to success or failure. */
sealed interface ForwardCall permits ActivityCall, ApprovalCall, ElsewhereCall, RefusedCall, WatchCall {

    Step step();

    /** Whether what it does at present has ended. */
    boolean hasEnded();

    /** Goes on to what comes after that; false where nothing does, and the step has succeeded or failed. */
    boolean goesOn();

    /** Its final failure; empty where it succeeded. To be asked once it has ended. */
    Optional<RuntimeException> failure();

    /** What it answered. To be asked once it has succeeded. */
    @Nullable
    Object answer();

    void cancel(String reason);
}
