package io.reprise.cli.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.cli.Main;
import io.reprise.cli.shared.ExitCode;
import io.reprise.embedded.EmbeddedPostgresServer;
import io.reprise.embedded.Placement;
import io.reprise.embedded.Ports;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MigrateCommandTest {

    private static EmbeddedPostgresServer postgres;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() {
        postgres = EmbeddedPostgresServer.start(Placement.temporary());
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Test
    void preparesOneDatabaseForAllAndSeedsItOnce() throws Exception {
        String url = postgres.createDatabase("together");

        int first = migrate(Map.of("REPRISE_DB_URL", url), "--seed");
        int second = migrate(Map.of("REPRISE_DB_URL", url), "--seed");

        assertThat(first).as(err.toString()).isEqualTo(ExitCode.DONE.code());
        assertThat(second).isEqualTo(ExitCode.DONE.code());
        assertThat(count(url, "select count(*) from shop.inventory")).isEqualTo(1001);
        assertThat(count(url, "select count(*) from reprise.run")).isZero();
        assertThat(count(url, "select count(*) from reprise_kit.fence")).isZero();
    }

    @Test
    void keepsTheShopApartWhereItIsSaidToBe() throws Exception {
        String ledger = postgres.createDatabase("ledger_alone");
        String shop = postgres.createDatabase("shop_alone");

        int exit = migrate(Map.of("REPRISE_DB_URL", ledger, "REPRISE_SHOP_DB_URL", shop));

        assertThat(exit).as(err.toString()).isEqualTo(ExitCode.DONE.code());
        assertThat(count(shop, "select count(*) from shop.inventory")).isZero();
        assertThat(count(ledger, "select count(*) from pg_namespace where nspname in ('shop', 'reprise_kit')"))
                .isZero();
        assertThat(count(shop, "select count(*) from pg_namespace where nspname = 'reprise'"))
                .isZero();
    }

    @Test
    void letsTheShopsRoleWriteToALedgerInTheSameDatabase() throws Exception {
        String url = postgres.createDatabase("two_roles");
        postgres.createRole("shopper");
        execute(url, "grant create on database two_roles to shopper");

        int exit = migrate(Map.of("REPRISE_DB_URL", url, "REPRISE_SHOP_DB_USER", "shopper"));

        assertThat(exit).as(err.toString()).isEqualTo(ExitCode.DONE.code());
        assertThat(out.toString()).contains("shopper");
        assertThat(count(
                        url,
                        "select count(*) from (values ('run', 'UPDATE'), ('run_step', 'INSERT'), ('run_step', 'UPDATE'))"
                                + " as t(name, privilege)"
                                + " where has_table_privilege('shopper', 'reprise.' || name, privilege)"))
                .isEqualTo(3);
    }

    @Test
    void saysWhichDatabaseItCannotReach() {
        int port = Ports.free();

        int exit = migrate(Map.of("REPRISE_DB_URL", "jdbc:postgresql://127.0.0.1:" + port + "/reprise"));

        assertThat(exit).isEqualTo(ExitCode.UNAVAILABLE.code());
        assertThat(err.toString()).contains("cannot reach jdbc:postgresql://127.0.0.1:" + port + "/reprise as reprise");
    }

    @Test
    void refusesAnAddressThatIsNone() {
        int exit = migrate(Map.of("REPRISE_DB_URL", "db.example"));

        assertThat(exit).isEqualTo(ExitCode.USAGE.code());
        assertThat(err.toString()).contains("REPRISE_DB_URL", "db.example", "JDBC");
    }

    private int migrate(Map<String, String> environment, String... words) {
        CommandLine reprise = Main.commandLine();
        reprise.getCommandSpec().removeSubcommand("migrate");
        reprise.addSubcommand("migrate", new MigrateCommand(new TreeMap<>(environment)));
        reprise.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        String[] all = new String[words.length + 1];
        all[0] = "migrate";
        System.arraycopy(words, 0, all, 1, words.length);
        return reprise.execute(all);
    }

    private static void execute(String url, String statement) throws Exception {
        try (Connection connection =
                        DriverManager.getConnection(url, EmbeddedPostgresServer.USER, EmbeddedPostgresServer.PASSWORD);
                Statement open = connection.createStatement()) {
            open.execute(statement);
        }
    }

    private static long count(String url, String query) throws Exception {
        try (Connection connection =
                        DriverManager.getConnection(url, EmbeddedPostgresServer.USER, EmbeddedPostgresServer.PASSWORD);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
