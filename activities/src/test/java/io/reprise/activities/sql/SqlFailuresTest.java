package io.reprise.activities.sql;

import static io.reprise.catalog.sql.SqlDialect.H2;
import static io.reprise.catalog.sql.SqlDialect.MARIADB;
import static io.reprise.catalog.sql.SqlDialect.POSTGRESQL;
import static io.reprise.catalog.sql.SqlDialect.SQLITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.catalog.sql.SqlDialect;
import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class SqlFailuresTest {

    @TestFactory
    Stream<DynamicTest> areWorthAnotherAttempt() {
        return Stream.of(
                isRetried(POSTGRESQL, "40001", 0, "a serialization failure"),
                isRetried(POSTGRESQL, "40P01", 0, "a deadlock"),
                isRetried(POSTGRESQL, "55P03", 0, "a lock that is not free in time"),
                isRetried(POSTGRESQL, "57014", 0, "a statement that took too long"),
                isRetried(POSTGRESQL, "57P01", 0, "a server that shuts down"),
                isRetried(POSTGRESQL, "08006", 0, "a line that was cut"),
                isRetried(POSTGRESQL, "53300", 0, "too many connections"),
                isRetried(POSTGRESQL, null, 0, "a pool that has none to give"),
                isRetried(MARIADB, "40001", 1213, "a deadlock"),
                isRetried(MARIADB, "HY000", 1205, "a lock that is not free in time"),
                isRetried(MARIADB, "70100", 1969, "a statement that took too long"),
                isRetried(MARIADB, "08000", 0, "a line that was cut"),
                isRetried(MARIADB, "42000", 1226, "too many connections of this user"),
                isRetried(SQLITE, null, 5, "a busy database"),
                isRetried(SQLITE, null, 517, "a snapshot that is too old"),
                isRetried(SQLITE, null, 6, "a locked table"),
                isRetried(H2, "40001", 40_001, "a deadlock"),
                isRetried(H2, "HYT00", 50_200, "a lock that is not free in time"),
                isRetried(H2, "90131", 90_131, "a row that another changed"));
    }

    @TestFactory
    Stream<DynamicTest> endTheStep() {
        return Stream.of(
                isRefused(POSTGRESQL, "23505", 0, "a key that is there"),
                isRefused(POSTGRESQL, "42703", 0, "an unknown column"),
                isRefused(POSTGRESQL, "22P02", 0, "a value of another type"),
                isRefused(POSTGRESQL, "P0001", 0, "what a function raises"),
                isRefused(MARIADB, "23000", 1062, "a key that is there"),
                isRefused(MARIADB, "42S22", 1054, "an unknown column"),
                isRefused(MARIADB, "HY000", 1364, "a missing value"),
                isRefused(MARIADB, "45000", 1644, "what a procedure signals"),
                isRefused(SQLITE, null, 19, "a broken constraint"),
                isRefused(SQLITE, null, 1, "wrong SQL"),
                isRefused(H2, "23505", 23_505, "a key that is there"),
                isRefused(H2, "42S22", 42_122, "an unknown column"));
    }

    private static DynamicTest isRetried(SqlDialect dialect, @Nullable String state, int code, String what) {
        return DynamicTest.dynamicTest(dialect + " " + what, () -> {
            ApplicationFailure failure = SqlFailures.of(dialect, "run a step", new SQLException(what, state, code));
            assertThat(failure.isNonRetryable()).isFalse();
            assertThat(failure.getType()).isEqualTo(SqlFailures.TRANSIENT);
        });
    }

    private static DynamicTest isRefused(SqlDialect dialect, @Nullable String state, int code, String what) {
        return DynamicTest.dynamicTest(dialect + " " + what, () -> {
            SQLException refused = new SQLException(what, state, code);
            ApplicationFailure failure = SqlFailures.of(dialect, "run a step", refused);
            assertThat(failure.isNonRetryable()).isTrue();
            assertThat(failure.getType()).isEqualTo(SqlFailures.LASTING);
            assertThat(SqlFailures.retryable(dialect, "undo a step", refused).isNonRetryable())
                    .isFalse();
        });
    }
}
