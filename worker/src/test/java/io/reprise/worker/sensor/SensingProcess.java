package io.reprise.worker.sensor;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reprise.catalog.shared.RecordDecoder;
import io.reprise.db.Ledger;
import io.reprise.embedded.EmbeddedPostgresServer;
import io.reprise.worker.run.TemporalLink;
import io.reprise.worker.run.TemporalSettings;
import io.reprise.worker.shared.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Looks for records until somebody kills it, and reaches no Temporal: what it finds it tells nobody but the ledger. */
final class SensingProcess {

    private static final String NOBODY = "127.0.0.1:1";

    private SensingProcess() {}

    /**
     * Looks until its input ends.
     *
     * @param arguments where Kafka and the ledger are
     */
    public static void main(String[] arguments) throws IOException {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(arguments[1]);
        pool.setUsername(EmbeddedPostgresServer.USER);
        pool.setPassword(EmbeddedPostgresServer.PASSWORD);
        pool.setMaximumPoolSize(3);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (HikariDataSource database = new HikariDataSource(pool);
                Topics topics = new Topics(arguments[0]);
                TemporalLink temporal = new TemporalLink(new TemporalSettings(NOBODY, "default"), "lost", meters);
                Sensing _ = Sensing.start(
                        Ledger.over(database, Clock.systemUTC()),
                        arguments[0],
                        topics,
                        RecordDecoder::json,
                        temporal.client(),
                        "lost",
                        meters,
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
                        SensingProcess.class.getName(),
                        bootstrap,
                        jdbcUrl)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
