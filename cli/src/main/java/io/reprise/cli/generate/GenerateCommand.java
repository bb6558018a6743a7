package io.reprise.cli.generate;

import io.reprise.cli.shared.CommandFailed;
import io.reprise.cli.shared.ExitCode;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "generate",
        description = "Adds sample events of a shop to the table raw.events of a warehouse.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  reprise generate --days 30                 the last thirty days, 10,000 events each",
            "  reprise generate --rate 50                 50 events a second from now on, until stopped",
        })
public final class GenerateCommand implements Callable<Integer> {

    private static final int BATCH = 5_000;
    private static final Duration TICK = Duration.ofMillis(200);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--days", paramLabel = "N", description = "fill so many days that have ended (1 to 3660)")
    private int days;

    @Option(
            names = "--until",
            paramLabel = "DAY",
            description = "the last of these days, such as 2026-11-19 (default: yesterday, UTC)")
    private @Nullable LocalDate until;

    @Option(
            names = "--per-day",
            paramLabel = "N",
            description = "events of each day (default: ${DEFAULT-VALUE})",
            defaultValue = "10000")
    private int perDay = BATCH;

    @Option(names = "--rate", paramLabel = "N", description = "events a second from now on, until stopped (1 to 10000)")
    private int rate;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "what is made (default: ${DEFAULT-VALUE})",
            defaultValue = "1")
    private long seed;

    @Option(
            names = "--url",
            description = "the warehouse (default: $REPRISE_CONNECTION_WAREHOUSE_URL, or the database of reprise dev)",
            defaultValue = "${env:REPRISE_CONNECTION_WAREHOUSE_URL:-jdbc:postgresql://127.0.0.1:15432/reprise}")
    private String url = "";

    @Option(names = "--user", description = "(default: ${DEFAULT-VALUE})", defaultValue = "reprise")
    private String user = "";

    @Option(
            names = "--password",
            description = "(default: $REPRISE_CONNECTION_WAREHOUSE_PASSWORD, or that of reprise dev)",
            defaultValue = "${env:REPRISE_CONNECTION_WAREHOUSE_PASSWORD:-reprise}")
    private String password = "";

    private final Clock clock = Clock.systemUTC();

    @Override
    public Integer call() {
        refuseNonsense();
        ShopEvents events = new ShopEvents(seed);
        try (EventTable table = EventTable.open(url, user, password)) {
            fill(events, table);
            if (rate > 0) {
                goOn(events, table);
            }
        }
        return ExitCode.DONE.code();
    }

    private void refuseNonsense() {
        if (days < 0 || days > 3660 || perDay < 0 || perDay > 10_000_000 || rate < 0 || rate > 10_000) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "cannot generate " + days + " days of " + perDay + " events and " + rate + " events a second"
                            + " (expected: at most 3660 days, 10,000,000 events a day and 10,000 a second, none below 0)");
        }
        if (days == 0 && rate == 0) {
            throw new CommandFailed(ExitCode.USAGE, "nothing to generate (expected: --days N, --rate N, or both)");
        }
    }

    private void fill(ShopEvents events, EventTable table) {
        LocalDate last =
                until == null ? LocalDate.now(clock.withZone(ZoneOffset.UTC)).minusDays(1) : until;
        for (int back = days - 1; back >= 0; back--) {
            LocalDate day = last.minusDays(back);
            int added = 0;
            List<ShopEvent> batch = new ArrayList<>(BATCH);
            for (ShopEvent event : (Iterable<ShopEvent>) events.ofDay(day, perDay)::iterator) {
                batch.add(event);
                if (batch.size() == BATCH) {
                    added += table.add(batch);
                    batch.clear();
                }
            }
            added += table.add(batch);
            say(day + ": " + added + " events added" + (added < perDay ? ", the others were there" : ""));
        }
    }

    /** Live events are numbered by the time, so that a second start makes other ones. */
    private void goOn(ShopEvents events, EventTable table) {
        say(rate + " events a second, until stopped");
        double due = 0;
        while (!Thread.currentThread().isInterrupted()) {
            due += rate * TICK.toMillis() / 1000.0;
            List<ShopEvent> batch = new ArrayList<>();
            long first = clock.millis() * 10_000;
            for (; due >= 1; due--) {
                batch.add(events.live(first + batch.size(), clock.instant()));
            }
            table.add(batch);
            LockSupport.parkNanos(TICK.toNanos());
        }
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
