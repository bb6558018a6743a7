package io.reprise.catalog.pipeline;

import java.util.List;
import java.util.Optional;

/**
 * SQL that changes something.
 *
 * @param expect what must hold of the number of rows that its statements affected together
 * @param allowClock whether it may read the time of day, although a repeat would then do something else
 */
public record SqlPart(SqlSource sql, Optional<Expectation> expect, List<Output> outputs, boolean allowClock) {

    public SqlPart {
        outputs = List.copyOf(outputs);
    }
}
