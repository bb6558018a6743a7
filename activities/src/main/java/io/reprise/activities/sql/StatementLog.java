package io.reprise.activities.sql;

/** Where it is kept what steps said to databases. Called once for each statement, on the thread that ran it. */
@FunctionalInterface
public interface StatementLog {

    void ran(LoggedStatement statement);
}
