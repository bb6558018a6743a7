package io.reprise.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class EmbeddedPostgresServerTest {

    @TempDir
    Path folder;

    @Test
    void startsPostgres18WithTheDatabaseAndUserOfReprise() throws SQLException {
        try (EmbeddedPostgresServer postgres = EmbeddedPostgresServer.start(Placement.temporary())) {
            assertThat(ask(postgres.jdbcUrl(), "show server_version")).startsWith("18.");
            assertThat(ask(postgres.jdbcUrl(), "select current_database() || ' ' || current_user"))
                    .isEqualTo("reprise reprise");
        }
    }

    @Test
    void keepsDataAndPortOverStopAndKillAndAnotherStart() throws SQLException {
        int port;
        try (EmbeddedPostgresServer postgres = EmbeddedPostgresServer.start(Placement.kept(folder))) {
            port = postgres.port();
            tell(postgres.jdbcUrl(), "create table kept (n int)");

            postgres.stop();
            assertThatThrownBy(() -> ask(postgres.jdbcUrl(), "select 1")).isInstanceOf(SQLException.class);
            postgres.startAgain();

            tell(postgres.jdbcUrl(), "insert into kept values (1)");

            postgres.kill();
            assertThatThrownBy(() -> ask(postgres.jdbcUrl(), "select 1")).isInstanceOf(SQLException.class);
            postgres.startAgain();
            tell(postgres.jdbcUrl(), "insert into kept values (2)");
        }

        try (EmbeddedPostgresServer postgres =
                EmbeddedPostgresServer.start(Placement.kept(folder).onPort(port))) {
            assertThat(postgres.port()).isEqualTo(port);
            assertThat(ask(postgres.jdbcUrl(), "select count(*) from kept")).isEqualTo("2");
        }
    }

    @Test
    void makesAFurtherDatabaseOnce() throws SQLException {
        try (EmbeddedPostgresServer postgres = EmbeddedPostgresServer.start(Placement.temporary())) {
            String shop = postgres.createDatabase("shop");

            assertThat(postgres.createDatabase("shop")).isEqualTo(shop);
            assertThat(ask(shop, "select current_database()")).isEqualTo("shop");
        }
    }

    @Test
    void leavesNoProcessAndNoTemporaryFolder() throws SQLException {
        EmbeddedPostgresServer postgres = EmbeddedPostgresServer.start(Placement.temporary());
        Path data = Path.of(ask(postgres.jdbcUrl("postgres"), "show data_directory", "postgres"));
        assertThat(Orphans.using("postgres", data)).isNotEmpty();

        postgres.close();

        assertThat(Orphans.using("postgres", data)).isEmpty();
        assertThat(Files.exists(data.getParent())).isFalse();
    }

    @Test
    void refusesAFolderThatIsInUseAndAPortThatIsTaken() {
        try (EmbeddedPostgresServer postgres = EmbeddedPostgresServer.start(Placement.kept(folder))) {
            assertThatThrownBy(() -> EmbeddedPostgresServer.start(Placement.kept(folder)))
                    .isInstanceOf(FolderTaken.class)
                    .hasMessageContaining(folder.toString());
            assertThatThrownBy(() ->
                            EmbeddedPostgresServer.start(Placement.temporary().onPort(postgres.port())))
                    .isInstanceOf(PortTaken.class)
                    .hasMessageContaining(Integer.toString(postgres.port()));
        }
    }

    private static String ask(String url, String question) throws SQLException {
        return ask(url, question, EmbeddedPostgresServer.USER);
    }

    private static String ask(String url, String question, String user) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, user, EmbeddedPostgresServer.PASSWORD);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void tell(String url, String order) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(url, EmbeddedPostgresServer.USER, EmbeddedPostgresServer.PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute(order);
        }
    }
}
