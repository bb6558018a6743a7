package io.reprise.db.run;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * What a role that runs steps must be allowed on the ledger where both share a database: there a step's transaction writes
 * its own row of the ledger, and the last step's the end of its run.
 */
public final class StepGrants {

    private static final String MISSING = """
            select current_user, 'USAGE on schema ' || nspname from pg_namespace
            where nspname = 'reprise' and not has_schema_privilege(oid, 'USAGE')
            union all
            select current_user, wanted.privilege || ' on reprise.' || wanted.name
            from (values ('run', 'SELECT'), ('run', 'UPDATE'),
                         ('run_step', 'SELECT'), ('run_step', 'INSERT'), ('run_step', 'UPDATE')) as wanted(name, privilege)
                join pg_namespace n on n.nspname = 'reprise'
                join pg_class c on c.relnamespace = n.oid and c.relname = wanted.name
            where not has_table_privilege(c.oid, wanted.privilege)""";

    private StepGrants() {}

    /**
     * What a role lacks.
     *
     * @param rights such as {@code UPDATE on reprise.run}; none where nothing is missing
     */
    public record Missing(String role, List<String> rights) {

        public Missing {
            rights = List.copyOf(rights);
        }
    }

    /** Asks as the role itself. */
    public static Missing of(DataSource steps) throws SQLException {
        try (Connection connection = steps.getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(MISSING)) {
            String role = "";
            List<String> rights = new ArrayList<>();
            while (found.next()) {
                role = found.getString(1);
                rights.add(found.getString(2));
            }
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            return new Missing(role, rights);
        }
    }

    /** Gives a role all of it; to be called as the owner of the ledger. */
    public static void grant(DataSource ledger, String role) throws SQLException {
        String to = " to \"" + role.replace("\"", "\"\"") + "\"";
        try (Connection connection = ledger.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("grant usage on schema reprise" + to);
            statement.execute("grant select, update on reprise.run" + to);
            statement.execute("grant select, insert, update on reprise.run_step" + to);
        }
    }
}
