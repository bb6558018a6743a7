package io.reprise.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.cli.Main;
import io.reprise.cli.docs.PageLines;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import picocli.CommandLine;

/** A {@code ./reprise dev} that is up on ports of its own, and what is typed beside it. */
final class RunningDev implements AutoCloseable {

    static final Path ROOT = Path.of(System.getProperty("reprise.root"));
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path folder;
    private final int offset;
    private final Launched dev;

    private RunningDev(Path folder, int offset, Launched dev) {
        this.folder = folder;
        this.offset = offset;
        this.dev = dev;
    }

    static RunningDev start(Path folder, String... more) {
        int offset = ThreadLocalRandom.current().nextInt(2_000, 9_000);
        String data = folder.resolve("data").toString();
        Launched dev = Launched.reprise(
                folder,
                Stream.concat(
                                Stream.of("dev", "--data", data, "--port-offset", Integer.toString(offset)),
                                Arrays.stream(more))
                        .toArray(String[]::new));
        dev.awaitWord("Ctrl-C");
        return new RunningDev(folder, offset, dev);
    }

    String output() {
        return dev.output();
    }

    /** As a process of its own, told where everything is: the ports are not the usual ones here. */
    Launched launch(String line) {
        Map<String, String> environment = Map.of(
                "REPRISE_URL", url(),
                "REPRISE_KAFKA_BOOTSTRAP", kafka(),
                "REPRISE_CONNECTION_WAREHOUSE_URL", warehouse());
        String[] words = PageLines.words(line.replace(
                        "examples/shop", ROOT.resolve("examples/shop").toString()))
                .toArray(String[]::new);
        return Launched.reprise(folder, environment, words);
    }

    /** Types a line that is to end with 0. */
    String type(String line) throws InterruptedException {
        try (Launched reprise = launch(line)) {
            assertThat(reprise.awaitExit(PATIENCE))
                    .as("%s said: %s", line, reprise.output())
                    .isZero();
            return reprise.output();
        }
    }

    long ask(String question) throws SQLException {
        try (Connection connection = DriverManager.getConnection(warehouse(), "reprise", "reprise");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getLong(1);
        }
    }

    void awaitSaid(String expected, String... words) {
        Awaitility.await().atMost(PATIENCE).until(() -> said(words).contains(expected));
    }

    String said(String... words) {
        StringWriter said = new StringWriter();
        CommandLine reprise = Main.commandLine().setOut(new PrintWriter(said)).setErr(new PrintWriter(said));
        reprise.execute(
                Stream.concat(Arrays.stream(words), Stream.of("--url", url())).toArray(String[]::new));
        return said.toString();
    }

    String url() {
        return "http://127.0.0.1:" + DevPorts.shiftedBy(offset).http();
    }

    String kafka() {
        return "127.0.0.1:" + DevPorts.shiftedBy(offset).kafka();
    }

    private String warehouse() {
        return "jdbc:postgresql://127.0.0.1:" + DevPorts.shiftedBy(offset).postgres() + "/reprise";
    }

    @Override
    public void close() {
        dev.close();
    }
}
