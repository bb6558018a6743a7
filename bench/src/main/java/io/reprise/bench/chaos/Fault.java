package io.reprise.bench.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** What is done to the system, and when. */
record Fault(Duration at, Kind kind) {

    /** What is done. A killed process is started again at once. */
    enum Kind {
        KILL_FIRST_WORKER,
        KILL_SECOND_WORKER,
        KILL_API,
        DROP_CONNECTIONS,
        DROP_CONNECTIONS_AT_COMMIT,
        RESTART_BROKER,
        RESTART_TEMPORAL
    }

    private static final long KILL_EVERY_MILLIS = 11_000;
    private static final long DROP_EVERY_MILLIS = 9_000;
    private static final double BROKER_AT = 0.35;
    private static final double TEMPORAL_AT = 0.62;

    /** The faults of one seed, in the order of time. */
    static List<Fault> plan(long seed, Duration lasting) {
        SplittableRandom chance = new SplittableRandom(seed);
        List<Fault> faults = new ArrayList<>();
        everySo(KILL_EVERY_MILLIS, lasting, chance).forEach(at -> faults.add(new Fault(at, kill(chance))));
        everySo(DROP_EVERY_MILLIS, lasting, chance).forEach(at -> faults.add(new Fault(at, drop(chance))));
        faults.add(new Fault(share(lasting, BROKER_AT), Kind.RESTART_BROKER));
        faults.add(new Fault(share(lasting, TEMPORAL_AT), Kind.RESTART_TEMPORAL));
        return faults.stream().sorted(Comparator.comparing(Fault::at)).toList();
    }

    boolean isKill() {
        return switch (kind) {
            case KILL_FIRST_WORKER, KILL_SECOND_WORKER, KILL_API -> true;
            case DROP_CONNECTIONS, DROP_CONNECTIONS_AT_COMMIT, RESTART_BROKER, RESTART_TEMPORAL -> false;
        };
    }

    private static List<Duration> everySo(long millis, Duration lasting, SplittableRandom chance) {
        List<Duration> instants = new ArrayList<>();
        long at = chance.nextLong(millis / 2, millis);
        while (at < lasting.toMillis()) {
            instants.add(Duration.ofMillis(at));
            at += chance.nextLong(millis / 2, millis * 3 / 2);
        }
        return instants;
    }

    private static Kind kill(SplittableRandom chance) {
        int tenth = chance.nextInt(10);
        if (tenth < 4) {
            return Kind.KILL_FIRST_WORKER;
        }
        return tenth < 8 ? Kind.KILL_SECOND_WORKER : Kind.KILL_API;
    }

    private static Kind drop(SplittableRandom chance) {
        return chance.nextBoolean() ? Kind.DROP_CONNECTIONS : Kind.DROP_CONNECTIONS_AT_COMMIT;
    }

    private static Duration share(Duration lasting, double share) {
        return Duration.ofMillis((long) (lasting.toMillis() * share));
    }
}
