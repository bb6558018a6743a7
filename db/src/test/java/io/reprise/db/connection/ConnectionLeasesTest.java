package io.reprise.db.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.db.shared.Concurrently;
import io.reprise.db.shared.SettableClock;
import io.reprise.db.shared.TestLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConnectionLeasesTest {

    @RegisterExtension
    static final TestLedger DATABASE = new TestLedger();

    private static final Duration LEASE = Duration.ofSeconds(10);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-19T10:00:00Z"));
    private final ConnectionLeases leases = DATABASE.at(clock).connectionLeases();

    @Test
    void givesOutAsManyPlacesAsTheLimitSays() {
        assertThat(leases.take("few", 3, "worker-1", 2, LEASE)).containsExactly(1, 2);
        assertThat(leases.take("few", 3, "worker-2", 2, LEASE)).containsExactly(3);
        assertThat(leases.take("few", 3, "worker-1", 1, LEASE)).isEmpty();
        assertThat(leases.take("other", 1, "worker-1", 1, LEASE)).containsExactly(1);
        assertThat(leases.held("few")).isEqualTo(Map.of("worker-1", 2, "worker-2", 1));
    }

    @Test
    void givesBackPlacesToWhoeverWantsThem() {
        leases.take("back", 2, "worker-1", 2, LEASE);

        leases.release("back", "worker-1", List.of(2));
        leases.release("back", "worker-2", List.of(1));

        assertThat(leases.take("back", 2, "worker-2", 2, LEASE)).containsExactly(2);
    }

    @Test
    void takesOverThePlacesOfALostHolderWhoFindsOut() {
        leases.take("lost", 2, "worker-1", 2, LEASE);
        clock.pass(LEASE);

        assertThat(leases.take("lost", 2, "worker-2", 1, LEASE)).containsExactly(1);

        assertThat(leases.renew("lost", 2, "worker-1", LEASE)).containsExactly(2);
        assertThat(leases.take("lost", 2, "worker-2", 1, LEASE)).isEmpty();
        clock.pass(LEASE.dividedBy(2));
        assertThat(leases.renew("lost", 2, "worker-2", LEASE)).containsExactly(1);
    }

    @Test
    void followsALimitThatIsRaisedOrLowered() {
        leases.take("moved", 2, "worker-1", 2, LEASE);
        assertThat(leases.take("moved", 4, "worker-2", 3, LEASE)).containsExactly(3, 4);

        assertThat(leases.renew("moved", 1, "worker-1", LEASE)).containsExactly(1);
        assertThat(leases.renew("moved", 1, "worker-2", LEASE)).isEmpty();
        assertThat(leases.take("moved", 1, "worker-2", 1, LEASE)).isEmpty();
    }

    @Test
    void manyThatTakeAtOnceNeverShareAPlace() throws Exception {
        List<SortedSet<Integer>> taken = Concurrently.run(8, i -> leases.take("raced", 10, "worker-" + i, 2, LEASE));

        assertThat(taken.stream().flatMap(Collection::stream).toList())
                .doesNotHaveDuplicates()
                .allMatch(place -> place >= 1 && place <= 10);
        leases.take("raced", 10, "last", 10, LEASE);
        assertThat(leases.held("raced").values().stream().mapToInt(it -> it).sum())
                .isEqualTo(10);
    }
}
