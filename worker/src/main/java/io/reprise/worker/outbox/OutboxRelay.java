package io.reprise.worker.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.reprise.worker.shared.Every;
import io.reprise.worker.shared.Rounds;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the outbox of one database to Kafka. Any number of relays share the shards; each shard has one sender, and each key
 * lies in one shard.
 */
public final class OutboxRelay implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration COUNTING = Duration.ofSeconds(10);

    private final OutboxSettings settings;
    private final String bootstrap;
    private final OutboxRows outbox;
    private final ShardLeases leases;
    private final OutboxMeters meters;
    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore finished = new Semaphore(0);
    private final Map<Integer, Shard> held = new TreeMap<>();
    private final Every leasing;
    private final Every counting = new Every(COUNTING);
    private final Rounds rounds;
    private boolean prepared;

    private OutboxRelay(
            OutboxSettings settings, String relayId, DataSource database, String bootstrap, MeterRegistry registry) {
        this.settings = settings;
        this.bootstrap = bootstrap;
        this.outbox = new OutboxRows(database);
        this.leases = new ShardLeases(database, relayId, settings.shards(), settings.lease());
        this.meters = new OutboxMeters(registry);
        this.leasing = new Every(settings.lease().dividedBy(4));
        this.rounds = Rounds.start("outbox-relay", GRACE, this::round);
    }

    /**
     * Starts to claim shards and to send them.
     *
     * @param relayId tells this relay from the others, also from an earlier life of its own
     */
    public static OutboxRelay start(
            OutboxSettings settings, String relayId, DataSource database, String bootstrap, MeterRegistry registry) {
        return new OutboxRelay(settings, relayId, database, bootstrap, registry);
    }

    /** Looks at once whether there is something to send. */
    public void wake() {
        rounds.wake();
    }

    /** Sends what is there, within the time that the settings give for it, and leaves the shards to others. */
    @Override
    public void close() {
        rounds.close();
        try {
            flush();
            senders.shutdown();
            for (Shard shard : held.values()) {
                shard.close();
                leases.release(shard.number());
            }
            leases.leave();
        } catch (SQLException e) {
            LOG.warn("The outbox relay leaves its shards to their leases, for the database is away: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            senders.shutdownNow();
            held.values().forEach(Shard::close);
        }
    }

    private Duration round() throws SQLException {
        if (!prepared) {
            leases.prepare();
            prepared = true;
        }
        if (leasing.isDue()) {
            lease();
        }
        if (counting.isDue()) {
            meters.waiting(outbox.waiting(OutboxMeters.MOST_COUNTED));
        }
        send();
        return settings.poll();
    }

    private void lease() throws SQLException {
        ShardLeases.Share share = leases.share();
        for (int number : share.held()) {
            held.computeIfAbsent(number, this::shard);
        }
        for (Iterator<Shard> all = held.values().iterator(); all.hasNext(); ) {
            Shard shard = all.next();
            boolean lost = !share.held().contains(shard.number());
            boolean tooMany = held.size() > share.fair();
            if (shard.isIdle() && (lost || tooMany)) {
                all.remove();
                shard.close();
                leases.release(shard.number());
            }
        }
    }

    private Shard shard(int number) {
        return new Shard(number, ShardProducer.open(bootstrap, settings, number), outbox, meters);
    }

    /** Hands a batch to each shard that can take one, and answers how many could. */
    private int send() throws SQLException {
        List<Integer> ready = new ArrayList<>();
        held.values().stream().filter(Shard::isReady).map(Shard::number).forEach(ready::add);
        Map<Integer, List<OutboxRow>> pending = outbox.pending(ready, settings.batch());
        pending.forEach((number, rows) -> {
            Shard shard = held.get(number);
            if (shard != null) {
                shard.begin();
                senders.execute(() -> {
                    shard.send(rows);
                    finished.release();
                    rounds.wake();
                });
            }
        });
        return pending.size();
    }

    private void flush() throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + settings.flush().toNanos();
        while (System.nanoTime() - deadline < 0) {
            finished.drainPermits();
            // A shard that becomes idle only now was not asked for what came in while it was busy.
            boolean allAsked = held.values().stream().allMatch(Shard::isIdle);
            if (send() == 0 && allAsked) {
                return;
            }
            finished.tryAcquire(settings.poll().toMillis(), TimeUnit.MILLISECONDS);
        }
        LOG.warn("The outbox relay stops after {}; what it has not sent stays in the outbox", settings.flush());
    }
}
