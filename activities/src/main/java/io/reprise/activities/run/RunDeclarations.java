package io.reprise.activities.run;

import io.reprise.db.run.Run;
import io.reprise.workflows.saga.Sagas;
import java.util.List;
import java.util.Optional;

/** Knows what runs declared. */
@FunctionalInterface
public interface RunDeclarations {

    /** Empty where it is not known here. */
    Optional<Declaration> of(Run run);

    /** Those of Java code. */
    static RunDeclarations of(Sagas sagas) {
        return run -> sagas.named(run.workflowType()).map(saga -> new Declaration(saga, true, List.of(), List.of()));
    }
}
