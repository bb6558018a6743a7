package io.reprise.cli.generate;

import io.reprise.activities.producer.ProducerSettings;
import io.reprise.activities.producer.SchemaLookup.Answer.Found;
import io.reprise.cli.shared.CommandFailed;
import io.reprise.cli.shared.EndSignal;
import io.reprise.cli.shared.ExitCode;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "generate",
        description =
                "Sends sample events of a shop to the topic shop.events, by the three versions of their contract.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  reprise generate --days 30                 the last thirty days, 10,000 events each",
            "  reprise generate --rate 50                 50 events a second from now on, until stopped",
            "  reprise generate --events 1000 --poison 5  a thousand, and some that are none"
        })
public final class GenerateCommand implements Callable<Integer> {

    private static final String TOPIC = "shop.events";
    private static final int USUAL_RATE = 100;
    private static final Duration DRAIN = Duration.ofSeconds(30);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--days", paramLabel = "N", description = "the events of so many days that have ended (1 to 3660)")
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
    private int perDay;

    @Option(names = "--rate", paramLabel = "N", description = "events a second from now on (1 to 10000)")
    private int rate;

    @Option(names = "--events", paramLabel = "N", description = "stop after so many of them (default: when stopped)")
    private int events;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "what is made (default: ${DEFAULT-VALUE})",
            defaultValue = "1")
    private long seed;

    @Option(
            names = "--late",
            paramLabel = "PERCENT",
            description = "of the events come after their day (default: ${DEFAULT-VALUE})",
            defaultValue = "1")
    private int late;

    @Option(
            names = "--poison",
            paramLabel = "PERCENT",
            description = "as many records more, which are no events (default: ${DEFAULT-VALUE})",
            defaultValue = "0")
    private int poison;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = "(default: $REPRISE_KAFKA_BOOTSTRAP, or the Kafka of reprise dev)",
            defaultValue = "${env:REPRISE_KAFKA_BOOTSTRAP:-127.0.0.1:19092}")
    private String kafka = "";

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description = "(default: $REPRISE_REGISTRY_URL, or that of the api at $REPRISE_URL)")
    private @Nullable URI registry;

    private final Clock clock = Clock.systemUTC();

    @Override
    public Integer call() throws InterruptedException {
        refuseNonsense();
        EndSignal end = EndSignal.within(DRAIN);
        ExitCode code = ExitCode.FAILED;
        try {
            code = generate(end);
        } catch (CommandFailed failed) {
            // Told before the end is let go: where it was asked for, nobody comes back from there.
            sayError("reprise: " + failed.getMessage());
            code = failed.exitCode();
        } finally {
            end.drained(code);
        }
        return code.code();
    }

    private ExitCode generate(EndSignal end) throws InterruptedException {
        List<Found> versions = ShopContract.versions(Optional.ofNullable(registry));
        Parcels parcels = new Parcels(new ShopEvents(seed), late, poison);
        try (Dispatch dispatch =
                Dispatch.open(ProducerSettings.of("reprise-generate", kafka), new ParcelForm(TOPIC, versions), end)) {
            if (days > 0) {
                List<LocalDate> all = days();
                say("The events of " + all.getFirst() + " to " + all.getLast() + ", " + perDay + " a day");
                parcels.ofDays(all, perDay, dispatch);
            }
            if (rate > 0 || events > 0) {
                goOn(parcels, dispatch, end);
            }
            Tally tally = dispatch.finish();
            say(tally.words());
            return dispatch.verdict(kafka, TOPIC);
        }
    }

    private void refuseNonsense() {
        if (days < 0 || days > 3660 || perDay < 0 || perDay > 10_000_000 || rate < 0 || rate > 10_000 || events < 0) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "cannot generate " + days + " days of " + perDay + " events, and " + events + " at " + rate
                            + " a second"
                            + " (expected: at most 3660 days, 10,000,000 events a day and 10,000 a second, none below 0)");
        }
        if (late < 0 || late > 100 || poison < 0 || poison > 100) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "cannot make " + late + " percent late and " + poison + " percent poison (expected: 0 to 100)");
        }
        if (days == 0 && rate == 0 && events == 0) {
            throw new CommandFailed(
                    ExitCode.USAGE, "nothing to generate (expected: --days N, --rate N, --events N, or some of them)");
        }
    }

    private List<LocalDate> days() {
        LocalDate last =
                until == null ? LocalDate.now(clock.withZone(ZoneOffset.UTC)).minusDays(1) : until;
        return LongStream.range(0, days)
                .mapToObj(day -> last.minusDays(days - 1 - day))
                .toList();
    }

    private void goOn(Parcels parcels, Dispatch dispatch, EndSignal end) {
        int perSecond = rate == 0 ? USUAL_RATE : rate;
        say(perSecond + " events a second, " + (events == 0 ? "until stopped" : events + " in all"));
        Instant start = clock.instant();
        for (long number = 0; events == 0 || number < events; number++) {
            Duration due = Duration.ofNanos(number * 1_000_000_000L / perSecond);
            Duration early = due.minus(Duration.between(start, clock.instant()));
            if (end.isAskedWithin(early) || !dispatch.all(parcels.live(start, number, clock.instant()))) {
                return;
            }
        }
    }

    private void say(String line) {
        print(spec.commandLine().getOut(), line);
    }

    private void sayError(String line) {
        print(spec.commandLine().getErr(), line);
    }

    private static void print(PrintWriter where, String line) {
        where.println(line);
        where.flush();
    }
}
