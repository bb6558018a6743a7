package io.reprise.worker;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.reprise.activities.connection.ConnectionPool;
import io.reprise.activities.order.SampleShop;
import io.reprise.activities.run.LedgerWriter;
import io.reprise.activities.run.StepLedger;
import io.reprise.activities.saga.FencedSteps;
import io.reprise.activities.saga.OutboxEvent;
import io.reprise.db.Ledger;
import io.reprise.db.run.WorkerPresence;
import io.reprise.worker.connection.Pools;
import io.reprise.worker.order.OrderTopics;
import io.reprise.worker.outbox.EventLogWatch;
import io.reprise.worker.run.Dependency;
import io.reprise.worker.run.TemporalLink;
import io.reprise.worker.shared.Topics;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;

/** What a worker works with, each of which may be away for a while: ledger, shop, Kafka and Temporal. */
final class Surroundings implements AutoCloseable {

    private static final Duration WRITER_FLUSH = Duration.ofSeconds(3);
    private static final Duration LOOKING_AT_THE_LOG = Duration.ofMinutes(1);

    // The relay's shards, its dispatcher, the sweeper, the restoring of steps, housekeeping and an audit.
    private static final int RELAY_POOL = OutboxEvent.SHARDS + 5;

    private final Parts parts = new Parts();
    private final String workerId;
    private final Clock clock;
    private final HikariDataSource ledgerPool;
    private final HikariDataSource shopPool;
    private final HikariDataSource relayPool;
    private final Ledger ledger;
    private final Topics topics;
    private final TemporalLink temporal;
    private final LedgerWriter writer;
    private final Dependency ledgerThere;
    private final Dependency shopThere;
    private final Dependency kafkaThere;
    private final Dependency temporalThere;
    private final EventLogWatch eventLog;
    private volatile boolean seeded;
    private volatile boolean mayWriteLedger;

    Surroundings(WorkerSettings settings, String workerId, Clock clock, MeterRegistry registry) {
        this.workerId = workerId;
        this.clock = clock;
        this.ledgerPool = parts.add(
                Pools.open("ledger", settings.ledger(), settings.ledger().pool()));
        this.shopPool = parts.add(ConnectionPool.open("shop", settings.shop()));
        this.relayPool = parts.add(Pools.open("outbox", settings.shop(), RELAY_POOL));
        this.ledger = Ledger.over(ledgerPool, clock);
        this.topics = parts.add(new Topics(settings.kafkaBootstrap()));
        this.temporal = parts.add(new TemporalLink(settings.temporal(), workerId, registry));
        this.writer = parts.add(new LedgerWriter(ledger.stepFacts(), ledger.outcomes(), WRITER_FLUSH));
        this.ledgerThere = parts.add(Dependency.on("ledger", ledger::ping));
        this.shopThere = parts.add(Dependency.on("shop", this::askShop));
        this.kafkaThere = parts.add(Dependency.on("kafka", topics::ping));
        this.temporalThere = parts.add(Dependency.on("temporal", temporal::ping));
        this.eventLog = parts.add(EventLogWatch.start(OrderTopics.EVENTS, topics, LOOKING_AT_THE_LOG, registry));
    }

    Ledger ledger() {
        return ledger;
    }

    LedgerWriter writer() {
        return writer;
    }

    DataSource shop() {
        return shopPool;
    }

    /** The shop's too, for what goes on beside its steps. */
    DataSource besideSteps() {
        return relayPool;
    }

    Topics topics() {
        return topics;
    }

    TemporalLink temporal() {
        return temporal;
    }

    List<Dependency> watched() {
        return List.of(ledgerThere, shopThere, kafkaThere, temporalThere);
    }

    FencedSteps shopSteps() throws SQLException {
        return FencedSteps.onPostgres(
                shopPool, StepLedger.choose(shopPool, ledgerPool, writer, clock), workerId, clock);
    }

    /** @param served the task queues that are served, none while nothing is */
    WorkerPresence presence(Instant startedAt, String build, List<String> served) {
        return new WorkerPresence(
                workerId,
                startedAt,
                clock.instant(),
                build,
                served,
                kafka(),
                served.isEmpty() && temporalThere.isUp() ? "starting" : temporalThere.state(),
                shopThere.state(),
                shopThere.isUp() && seeded);
    }

    /** A log that forgets stops nobody today, so Kafka is up; the words go on to whoever asks whether all is ready. */
    private String kafka() {
        return kafkaThere.isUp()
                ? eventLog.complaint()
                        .map(words -> Dependency.UP + ", but " + words)
                        .orElse(Dependency.UP)
                : kafkaThere.state();
    }

    private void askShop() throws SQLException {
        seeded = SampleShop.isSeeded(shopPool);
        if (!mayWriteLedger && ledgerThere.isUp()) {
            StepLedger.requireRights(shopPool, ledgerPool);
            mayWriteLedger = true;
        }
    }

    @Override
    public void close() {
        parts.close();
    }
}
