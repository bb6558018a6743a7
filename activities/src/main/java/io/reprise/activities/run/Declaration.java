package io.reprise.activities.run;

import io.reprise.workflows.saga.Saga;
import java.util.List;

/**
 * What one run declared.
 *
 * @param inherited ids of steps that an earlier generation did, and whose fences stand under its keys
 */
public record Declaration(Saga<?> saga, List<String> inherited) {

    public Declaration {
        inherited = List.copyOf(inherited);
    }
}
