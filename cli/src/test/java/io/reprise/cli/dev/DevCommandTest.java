package io.reprise.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.cli.shared.ExitCode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class DevCommandTest {

    private static final String READY = "Ctrl-C";
    private static final Duration SIGTERM_LIMIT = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final int offset = ThreadLocalRandom.current().nextInt(2_000, 9_000);

    @TempDir
    Path folder;

    @Test
    void endsWithZeroOnSigtermAndLeavesNoProcess() throws Exception {
        try (Launched dev = dev()) {
            dev.awaitWord(READY);
            assertThat(Launched.programsIn(data())).contains("postgres", "temporal");

            dev.terminate();

            assertThat(dev.awaitExit(SIGTERM_LIMIT)).as(dev.output()).isZero();
            assertThat(Launched.programsIn(data())).isEmpty();
        }
    }

    @Test
    void aStartAfterAKillEndsTheOrphansAndFindsTheData() throws Exception {
        try (Launched dev = dev()) {
            dev.awaitWord(READY);
            tell("create table kept (n int)");

            dev.kill();
        }

        try (Launched dev = dev()) {
            dev.awaitWord(READY);
            assertThat(ask("select count(*) from kept")).isEqualTo("0");
            assertThat(Launched.programsIn(data())).containsOnlyOnce("postgres", "temporal");
        }
        assertThat(Launched.programsIn(data())).isEmpty();
    }

    @Test
    void aSecondOneOnTheSameFolderOrPortsIsRefusedInWords() throws Exception {
        try (Launched dev = dev()) {
            dev.awaitWord(READY);

            try (Launched sameFolder = dev(data(), offset + 1)) {
                assertThat(sameFolder.awaitExit(PATIENCE)).isEqualTo(ExitCode.REFUSED.code());
                assertThat(sameFolder.output()).contains(data().toString(), "another running process", "--data");
            }
            try (Launched samePorts = dev(folder.resolve("other"), offset)) {
                assertThat(samePorts.awaitExit(PATIENCE)).isEqualTo(ExitCode.REFUSED.code());
                assertThat(samePorts.output()).contains("is taken by another program", "--port-offset");
            }
            assertThat(Launched.programsIn(folder.resolve("other"))).isEmpty();
        }
    }

    @Test
    void aServerThatTheEnvironmentNamesIsNotStarted() throws Exception {
        try (Launched dev = Launched.reprise(
                folder,
                Map.of("REPRISE_DB_URL", "jdbc:postgresql://db.example:5432/reprise"),
                arguments(data(), offset))) {
            dev.awaitWord(READY);

            assertThat(Launched.programsIn(data())).containsExactly("temporal");
            assertThat(dev.output()).contains("as REPRISE_DB_URL says").doesNotContain("export REPRISE_DB_URL");
        }
    }

    private Launched dev() {
        return dev(data(), offset);
    }

    private Launched dev(Path data, int portOffset) {
        return Launched.reprise(folder, arguments(data, portOffset));
    }

    private static String[] arguments(Path data, int portOffset) {
        return new String[] {
            "dev", "--only", "infra", "--data", data.toString(), "--port-offset", Integer.toString(portOffset)
        };
    }

    private Path data() {
        return folder.resolve("data");
    }

    private String url() {
        return "jdbc:postgresql://127.0.0.1:" + DevPorts.shiftedBy(offset).postgres() + "/reprise";
    }

    private void tell(String order) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(), "reprise", "reprise");
                Statement statement = connection.createStatement()) {
            statement.execute(order);
        }
    }

    private String ask(String question) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(), "reprise", "reprise");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getString(1);
        }
    }
}
