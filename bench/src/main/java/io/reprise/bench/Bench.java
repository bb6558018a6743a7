package io.reprise.bench;

import io.reprise.bench.chaos.ChaosBench;
import io.reprise.bench.contract.ContractBench;
import io.reprise.bench.pipeline.AggregateBench;
import io.reprise.bench.pipeline.BackfillBench;
import io.reprise.bench.pipeline.PipelineBench;
import io.reprise.bench.saga.SagaBench;
import io.reprise.bench.saga.TemporalChoice;
import io.reprise.bench.shared.BenchResult;
import io.reprise.bench.shared.OpenLoop;
import io.reprise.bench.startup.StartupBench;
import io.reprise.bench.stream.IngestBench;
import io.reprise.bench.stream.StreamChaosBench;
import io.reprise.bench.trigger.StartsBench;
import io.reprise.bench.trigger.TriggerBench;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code reprise bench NAME}: exits 0 when it ran; a missed goal stands in the result. */
@Command(
        name = "bench",
        description = "Measures Reprise and says where a goal was missed.",
        mixinStandardHelpOptions = true,
        subcommands = CommandLine.HelpCommand.class)
public final class Bench {

    /** How the result is written to standard output. Progress goes to standard error. */
    enum Output {
        TABLE,
        JSON
    }

    @Option(
            names = "--output",
            description = "table or json",
            defaultValue = "table",
            scope = CommandLine.ScopeType.INHERIT)
    private Output output = Output.TABLE;

    @Command(
            name = "chaos",
            description = "Kills, cuts and restarts under load, then counts.",
            mixinStandardHelpOptions = true)
    int chaos(
            @Option(names = "--seconds", description = "how long orders are placed", defaultValue = "600") int seconds,
            @Option(names = "--seed", description = "what is ordered and what breaks (default: any)") Long seed,
            @Option(names = "--streams", description = "kills and freezes loaders of a topic instead") boolean streams,
            @Option(names = "--records", description = "with --streams: how many", defaultValue = "1000000")
                    long records,
            @Option(names = "--kills", description = "with --streams: how many disturbances", defaultValue = "20")
                    int kills)
            throws Exception {
        Path logs = Files.createTempDirectory("reprise-chaos-");
        long chosen = seed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : seed;
        if (streams) {
            return tell(
                    new StreamChaosBench(records, kills, chosen, logs, Clock.systemUTC(), System.err::println).run());
        }
        return tell(new ChaosBench(chosen, Duration.ofSeconds(seconds), logs, Clock.systemUTC(), System.err::println)
                .run());
    }

    @Command(
            name = "saga",
            description = "The order saga against a bare workflow on the same servers.",
            mixinStandardHelpOptions = true)
    int saga(
            @Option(names = "--server", description = "dev or production", defaultValue = "dev") TemporalChoice server,
            @Option(names = "--at-once", split = ",", description = "orders under way", defaultValue = "1,8,32")
                    List<Integer> atOnce,
            @Option(names = "--rounds", description = "at each concurrency", defaultValue = "3") int rounds,
            @Option(names = "--seconds", description = "measured in each round", defaultValue = "10") int seconds,
            @Option(names = "--warm-up", description = "seconds for each contender", defaultValue = "20") int warmUp,
            @Option(names = "--relay", description = "with Kafka and the outbox relay running") boolean relay)
            throws Exception {
        SagaBench.Extent extent = new SagaBench.Extent(
                atOnce, rounds, Duration.ofSeconds(warmUp), Duration.ofSeconds(2), Duration.ofSeconds(seconds));
        return tell(new SagaBench(extent, server, relay, System.err::println).run());
    }

    @Command(
            name = "trigger",
            description = "Runs that records start against WorkflowClient.start in a loop, or orders at a fixed rate.",
            mixinStandardHelpOptions = true)
    int trigger(
            @Option(names = "--records", description = "in each round", defaultValue = "5000") int records,
            @Option(names = "--rounds", description = "after one to warm up", defaultValue = "3") int rounds,
            @Option(names = "--rate", description = "orders a second instead, to their first committed step")
                    Integer rate,
            @Option(names = "--seconds", description = "how long at a rate", defaultValue = "30") int seconds,
            @Option(names = "--mode", description = "with --rate: regular or local", defaultValue = "local")
                    String mode)
            throws Exception {
        if (rate == null) {
            return tell(StartsBench.run(records, rounds, Duration.ofSeconds(seconds), System.err::println));
        }
        OpenLoop load = new OpenLoop(rate, Duration.ofSeconds(seconds));
        return tell(new TriggerBench(
                        load,
                        mode,
                        Files.createTempDirectory("reprise-trigger-"),
                        Clock.systemUTC(),
                        System.err::println)
                .run());
    }

    @Command(
            name = "pipeline",
            description = "A run of three one-INSERT steps against the bare inserts.",
            mixinStandardHelpOptions = true)
    int pipeline(
            @Option(names = "--rounds", description = "at each concurrency", defaultValue = "3") int rounds,
            @Option(names = "--seconds", description = "measured in each round", defaultValue = "10") int seconds,
            @Option(names = "--warm-up", description = "seconds for each contender", defaultValue = "30") int warmUp)
            throws Exception {
        return tell(new PipelineBench(
                        rounds,
                        Duration.ofSeconds(warmUp),
                        Duration.ofSeconds(seconds),
                        Files.createTempDirectory("reprise-pipeline-"),
                        System.err::println)
                .run());
    }

    @Command(
            name = "aggregate",
            description = "A day captured, verified and published against the bare INSERT … SELECT.",
            mixinStandardHelpOptions = true)
    int aggregate(
            @Option(names = "--days", description = "measured at each reduction", defaultValue = "3") int days,
            @Option(names = "--events", description = "on each day", defaultValue = "1000000") int events)
            throws Exception {
        return tell(
                new AggregateBench(days, events, Files.createTempDirectory("reprise-aggregate-"), System.err::println)
                        .run());
    }

    @Command(
            name = "backfill",
            description = "Slots of a backfill in which there is nothing to do.",
            mixinStandardHelpOptions = true)
    int backfill(
            @Option(names = "--slots", description = "how many", defaultValue = "1000") int slots,
            @Option(names = "--parallel", description = "how many at once", defaultValue = "16") int parallel)
            throws Exception {
        return tell(
                new BackfillBench(slots, parallel, Files.createTempDirectory("reprise-backfill-"), System.err::println)
                        .run());
    }

    @Command(
            name = "contract",
            description = "The gate of contracts over 100 subjects of 20 versions.",
            mixinStandardHelpOptions = true)
    int contract() throws Exception {
        return tell(new ContractBench(Path.of(System.getProperty("reprise.root", ".")), System.err::println).run());
    }

    @Command(
            name = "ingest",
            description = "A topic into its tables against COPY BINARY of the same rows.",
            mixinStandardHelpOptions = true)
    int ingest(
            @Option(names = "--records", description = "how many", defaultValue = "1000000") long records,
            @Option(names = "--rounds", description = "after one to warm up", defaultValue = "3") int rounds,
            @Option(names = "--seed", description = "what they are", defaultValue = "1") long seed)
            throws Exception {
        return tell(new IngestBench(
                        records, rounds, seed, Files.createTempDirectory("reprise-ingest-"), System.err::println)
                .run());
    }

    @Command(
            name = "startup",
            description = "How long --help and dev take, and the memory of dev.",
            mixinStandardHelpOptions = true)
    int startup() throws Exception {
        return tell(new StartupBench(Path.of(System.getProperty("reprise.root", ".")), System.err::println).run());
    }

    private int tell(BenchResult result) {
        System.out.println(
                switch (output) {
                    case TABLE -> result.table();
                    case JSON -> result.json();
                });
        return 0;
    }
}
