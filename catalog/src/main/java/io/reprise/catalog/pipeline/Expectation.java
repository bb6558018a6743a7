package io.reprise.catalog.pipeline;

import io.reprise.workflows.pipeline.Condition;
import java.util.List;
import java.util.Optional;

/**
 * What must hold of the number of affected rows, else the transaction is rolled back and the step refused.
 *
 * @param affected conditions on the value named {@code affected}
 * @param refuse the reason of the refusal; {@code expectation-failed} where it is not said
 */
public record Expectation(List<Condition> affected, Optional<String> refuse) {

    /** The name under which the conditions find the number of rows. */
    public static final String VALUE = "affected";

    public static final String FAILED = "expectation-failed";

    public Expectation {
        affected = List.copyOf(affected);
    }

    public String reason() {
        return refuse.orElse(FAILED);
    }
}
