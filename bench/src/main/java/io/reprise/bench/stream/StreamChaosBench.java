package io.reprise.bench.stream;

import io.reprise.bench.shared.BenchResult;
import io.reprise.bench.shared.Figure;
import io.reprise.bench.shared.Goal;
import io.reprise.embedded.EmbeddedKafka;
import io.reprise.embedded.EmbeddedPostgresServer;
import io.reprise.embedded.Placement;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Two loaders that are always alive, one of them killed or frozen every few seconds, while records come in. Then it counts. */
public final class StreamChaosBench {

    private static final int PARTITIONS = 4;
    private static final int ALIVE = 2;
    private static final int ONE_IN = 5;
    private static final long FROZEN_MILLIS = 10_000;
    private static final long LEAST_BETWEEN_MILLIS = 1_500;
    private static final int MORE_BETWEEN_MILLIS = 3_000;
    private static final Duration LIMIT = Duration.ofMinutes(20);

    private final long records;
    private final int disturbances;
    private final long seed;
    private final Path logs;
    private final InstantSource clock;
    private final Consumer<String> progress;

    public StreamChaosBench(
            long records, int disturbances, long seed, Path logs, InstantSource clock, Consumer<String> progress) {
        this.records = records;
        this.disturbances = disturbances;
        this.seed = seed;
        this.logs = logs;
        this.clock = clock;
        this.progress = progress;
    }

    public BenchResult run() throws Exception {
        RandomGenerator chance = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        progress.accept("seed " + seed + "; logs in " + logs);
        try (EmbeddedPostgresServer postgres = EmbeddedPostgresServer.start(Placement.temporary());
                EmbeddedKafka kafka = EmbeddedKafka.start(Placement.temporary());
                StreamArena arena = StreamArena.at(postgres.jdbcUrl(), kafka.bootstrapServers());
                Loaders loaders = new Loaders(postgres.jdbcUrl(), kafka.bootstrapServers(), logs)) {
            arena.prepare();
            createTopic(kafka);
            PageViews views = new PageViews(seed);
            CompletableFuture<Void> produced = CompletableFuture.runAsync(() -> produce(views, kafka));
            int killed = disturb(loaders, chance);
            produced.get();
            awaitAll(arena, loaders);
            return result(arena, views, killed, loaders.started());
        }
    }

    private void produce(PageViews views, EmbeddedKafka kafka) {
        try {
            long piece = Math.max(1, records / disturbances);
            for (long from = 0; from < records; from += piece) {
                views.produce(kafka.bootstrapServers(), StreamArena.STREAM, from, Math.min(piece, records - from));
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot produce", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int disturb(Loaders loaders, RandomGenerator chance) throws Exception {
        int killed = 0;
        for (int n = 0; n < disturbances; n++) {
            loaders.keepAlive(ALIVE);
            Thread.sleep(LEAST_BETWEEN_MILLIS + chance.nextInt(MORE_BETWEEN_MILLIS));
            if (chance.nextInt(ONE_IN) == 0) {
                loaders.freezeOne(chance, FROZEN_MILLIS);
            } else {
                loaders.killOne(chance);
                killed++;
            }
        }
        loaders.keepAlive(ALIVE);
        return killed;
    }

    private void awaitAll(StreamArena arena, Loaders loaders) throws Exception {
        Instant end = clock.instant().plus(LIMIT);
        long found = arena.accounted();
        while (found < records) {
            if (clock.instant().isAfter(end)) {
                throw new IllegalStateException(
                        "found " + found + " records after " + LIMIT + " (expected: " + records + "); logs in " + logs);
            }
            Thread.sleep(500);
            loaders.keepAlive(ALIVE);
            found = arena.accounted();
        }
    }

    private BenchResult result(StreamArena arena, PageViews views, int killed, int started) throws Exception {
        long expected = 0;
        for (long number = 0; number < records; number++) {
            expected ^= StreamArena.hash(views.record(number));
        }
        long rows = arena.number("select count(*) from " + StreamArena.RAW);
        long distinct = arena.number("select count(distinct (k_topic, k_part, k_off)) from " + StreamArena.RAW);
        long numbers = arena.number("select count(distinct number) from " + StreamArena.TYPED);
        long typed = arena.number("select count(*) from " + StreamArena.TYPED);
        long digest = arena.number("select bit_xor(row_hash) from " + StreamArena.RAW);
        return BenchResult.here(
                "chaos --streams",
                List.of(
                        Figure.count("seed", seed),
                        Figure.count("produced", records),
                        Figure.count("killed with -9", killed),
                        Figure.count("frozen and thawed", disturbances - killed),
                        Figure.count("loaders started", started),
                        Figure.count("rows that differ from produced", Math.abs(rows - records), Goal.none()),
                        Figure.count("rows twice", rows - distinct, Goal.none()),
                        Figure.count("typed rows that differ", Math.abs(typed - records), Goal.none()),
                        Figure.count("records without a typed row", records - numbers, Goal.none()),
                        Figure.count("digests that differ", digest == expected ? 0 : 1, Goal.none())));
    }

    private static void createTopic(EmbeddedKafka kafka) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(StreamArena.STREAM, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
    }
}
