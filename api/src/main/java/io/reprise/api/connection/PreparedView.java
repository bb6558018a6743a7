package io.reprise.api.connection;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reprise.workflows.connection.Prepared;
import java.util.List;
import java.util.Optional;

/**
 * What came of a preparation.
 *
 * @param ddl what had to be run for the kit, or would have to be
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PreparedView(
        String connection, String server, List<String> ddl, Optional<String> guarantee, List<String> findings) {

    public PreparedView {
        ddl = List.copyOf(ddl);
        findings = List.copyOf(findings);
    }

    static PreparedView of(Prepared prepared) {
        return new PreparedView(
                prepared.connection(),
                prepared.server(),
                prepared.ddl(),
                Optional.ofNullable(prepared.guarantee()),
                prepared.findings());
    }
}
