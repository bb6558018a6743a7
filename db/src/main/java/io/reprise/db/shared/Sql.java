package io.reprise.db.shared;

import java.sql.Connection;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/** How this ledger speaks to PostgreSQL. */
public final class Sql {

    static {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }

    private static final Settings SETTINGS =
            new Settings().withExecuteLogging(false).withRenderCatalog(false).withFetchServerOutputSize(0);

    private Sql() {}

    public static DSLContext over(DataSource database) {
        return DSL.using(database, SQLDialect.POSTGRES, SETTINGS);
    }

    /** Speaks on one connection, whose transaction stays its owner's. */
    public static DSLContext on(Connection connection) {
        return DSL.using(connection, SQLDialect.POSTGRES, SETTINGS);
    }

    /** Only makes texts. */
    public static DSLContext text() {
        return DSL.using(SQLDialect.POSTGRES, SETTINGS);
    }
}
