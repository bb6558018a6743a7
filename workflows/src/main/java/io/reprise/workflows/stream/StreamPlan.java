package io.reprise.workflows.stream;

import java.util.List;

/**
 * What is to be done to tables before a stream can be loaded.
 *
 * @param statements that make and extend them, in order
 * @param conflicts what only a person can mend
 */
public record StreamPlan(List<String> statements, List<String> conflicts) {

    public StreamPlan {
        statements = List.copyOf(statements);
        conflicts = List.copyOf(conflicts);
    }
}
