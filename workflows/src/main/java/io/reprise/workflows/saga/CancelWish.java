package io.reprise.workflows.saga;

import io.temporal.workflow.CancellationScope;
import java.util.Optional;

/** Whether someone wants the run cancelled: through the ledger's own way, or through Temporal's. */
final class CancelWish {

    private Optional<CancellationScope> workflow = Optional.empty();
    private Optional<String> asked = Optional.empty();

    void watch(CancellationScope scope) {
        workflow = Optional.of(scope);
    }

    void ask(String reason) {
        asked = asked.or(() -> Optional.of(reason));
    }

    boolean isThere() {
        return asked.isPresent()
                || workflow.map(CancellationScope::isCancelRequested).orElse(false);
    }

    String reason() {
        return asked.or(() -> workflow.map(CancellationScope::getCancellationReason))
                .filter(reason -> !reason.isBlank())
                .orElse("cancelled in Temporal");
    }
}
