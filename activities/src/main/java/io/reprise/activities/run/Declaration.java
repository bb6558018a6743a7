package io.reprise.activities.run;

import io.reprise.workflows.saga.Saga;
import io.reprise.workflows.saga.Step;
import java.util.List;

/**
 * What one run declared.
 *
 * @param fenced whether every step of it leaves a fence, so that fences tell of all that it did
 * @param inherited ids of steps that an earlier generation did, and whose fences stand under its keys
 * @param elsewhere ids of steps that change something that no database fences
 */
public record Declaration(Saga<?> saga, boolean fenced, List<String> inherited, List<String> elsewhere) {

    public Declaration {
        inherited = List.copyOf(inherited);
        elsewhere = List.copyOf(elsewhere);
    }

    /** The steps that must not happen any more once nobody drives the run; those at its end are done by its undo. */
    public List<Step> closable() {
        return saga.steps().stream()
                .filter(step -> step.kind() != Step.Kind.FINAL && !inherited.contains(step.id()))
                .toList();
    }
}
