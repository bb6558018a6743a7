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
class EmbeddedMariaDbServerTest {

    @TempDir
    Path folder;

    @Test
    void startsMariaDbWithTheDatabaseAndUserOfReprise() throws SQLException {
        try (EmbeddedMariaDbServer mariaDb = EmbeddedMariaDbServer.start(Placement.temporary())) {
            assertThat(ask(mariaDb.jdbcUrl(), "select version()")).contains("MariaDB");
            assertThat(ask(mariaDb.jdbcUrl(), "select concat(database(), ' ', user())"))
                    .startsWith("reprise reprise@");
        }
    }

    @Test
    void keepsDataAndPortOverStopAndKillAndAnotherStart() throws SQLException {
        int port;
        try (EmbeddedMariaDbServer mariaDb = EmbeddedMariaDbServer.start(Placement.kept(folder))) {
            port = mariaDb.port();
            tell(mariaDb.jdbcUrl(), "create table kept (n int)");

            mariaDb.stop();
            assertThatThrownBy(() -> ask(mariaDb.jdbcUrl(), "select 1")).isInstanceOf(SQLException.class);
            mariaDb.startAgain();
            tell(mariaDb.jdbcUrl(), "insert into kept values (1)");

            mariaDb.kill();
            assertThatThrownBy(() -> ask(mariaDb.jdbcUrl(), "select 1")).isInstanceOf(SQLException.class);
            mariaDb.startAgain();
            tell(mariaDb.jdbcUrl(), "insert into kept values (2)");
        }

        try (EmbeddedMariaDbServer mariaDb =
                EmbeddedMariaDbServer.start(Placement.kept(folder).onPort(port))) {
            assertThat(mariaDb.port()).isEqualTo(port);
            assertThat(ask(mariaDb.jdbcUrl(), "select count(*) from kept")).isEqualTo("2");
        }
    }

    @Test
    void makesAFurtherDatabaseOnce() throws SQLException {
        try (EmbeddedMariaDbServer mariaDb = EmbeddedMariaDbServer.start(Placement.temporary())) {
            String shop = mariaDb.createDatabase("shop");

            assertThat(mariaDb.createDatabase("shop")).isEqualTo(shop);
            assertThat(ask(shop, "select database()")).isEqualTo("shop");
        }
    }

    @Test
    void leavesNoProcessAndNoTemporaryFolder() throws SQLException {
        EmbeddedMariaDbServer mariaDb = EmbeddedMariaDbServer.start(Placement.temporary());
        Path data = Path.of(ask(mariaDb.jdbcUrl(), "select @@datadir")).normalize();
        assertThat(Orphans.using("mariadbd", data)).isNotEmpty();

        mariaDb.close();

        assertThat(Orphans.using("mariadbd", data)).isEmpty();
        assertThat(Files.exists(data.getParent())).isFalse();
    }

    @Test
    void refusesAFolderThatIsInUseAndAPortThatIsTaken() {
        try (EmbeddedMariaDbServer mariaDb = EmbeddedMariaDbServer.start(Placement.kept(folder))) {
            assertThatThrownBy(() -> EmbeddedMariaDbServer.start(Placement.kept(folder)))
                    .isInstanceOf(FolderTaken.class)
                    .hasMessageContaining(folder.toString());
            assertThatThrownBy(() ->
                            EmbeddedMariaDbServer.start(Placement.temporary().onPort(mariaDb.port())))
                    .isInstanceOf(PortTaken.class)
                    .hasMessageContaining(Integer.toString(mariaDb.port()));
        }
    }

    private static String ask(String url, String question) throws SQLException {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void tell(String url, String order) throws SQLException {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute(order);
        }
    }

    private static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, EmbeddedMariaDbServer.USER, EmbeddedMariaDbServer.PASSWORD);
    }
}
