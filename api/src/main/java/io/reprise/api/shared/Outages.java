package io.reprise.api.shared;

import io.grpc.StatusRuntimeException;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;

/** Tells a server that is away, which is worth a retry, from a mistake, which is not. */
@Singleton
public final class Outages {

    public Optional<Refused> refusal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && isOutage(sql)) {
                return Optional.of(Refused.because(
                        ProblemType.LEDGER_UNAVAILABLE,
                        "asked the ledger's database, which does not answer: " + sql.getMessage()));
            }
            if (cause instanceof StatusRuntimeException temporal && isOutage(temporal)) {
                return Optional.of(Refused.because(
                        ProblemType.TEMPORAL_UNAVAILABLE,
                        "asked Temporal, which does not answer: "
                                + temporal.getStatus().getCode()));
            }
        }
        return Optional.empty();
    }

    private static boolean isOutage(SQLException failure) {
        String state = failure.getSQLState();
        return failure instanceof SQLTransientConnectionException
                || failure instanceof SQLNonTransientConnectionException
                || failure instanceof SQLRecoverableException
                || (state != null && (state.startsWith("08") || state.startsWith("57P") || state.startsWith("53")));
    }

    private static boolean isOutage(StatusRuntimeException failure) {
        return switch (failure.getStatus().getCode()) {
            case UNAVAILABLE, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED -> true;
            default -> false;
        };
    }
}
