package io.reprise.worker.trigger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reprise.db.Ledger;
import io.reprise.embedded.EmbeddedPostgresServer;
import io.reprise.worker.shared.Topics;
import io.reprise.workflows.run.StepMode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Serves the applied triggers until somebody kills it. */
final class BatchingProcess {

    private BatchingProcess() {}

    /**
     * Serves until its input ends.
     *
     * @param arguments where Kafka and the ledger are
     */
    public static void main(String[] arguments) throws IOException {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(arguments[1]);
        pool.setUsername(EmbeddedPostgresServer.USER);
        pool.setPassword(EmbeddedPostgresServer.PASSWORD);
        pool.setMaximumPoolSize(3);
        try (HikariDataSource database = new HikariDataSource(pool);
                Topics topics = new Topics(arguments[0]);
                TriggerReaders _ = TriggerReaders.follow(
                        Ledger.over(database, Clock.systemUTC()),
                        arguments[0],
                        topics,
                        new TriggerReaders.Own(List.of(), List.of(), StepMode.REGULAR, () -> FakeSchemas.NONE),
                        () -> {},
                        new SimpleMeterRegistry(),
                        Clock.systemUTC())) {
            // It ends with the test that started it, which holds the other end.
            while (System.in.read() >= 0) {}
        }
    }

    static Process start(String bootstrap, String jdbcUrl) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        Optional.ofNullable(System.getProperty("surefire.test.class.path"))
                                .orElseGet(() -> System.getProperty("java.class.path")),
                        BatchingProcess.class.getName(),
                        bootstrap,
                        jdbcUrl)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
