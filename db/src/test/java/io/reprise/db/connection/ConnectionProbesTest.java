package io.reprise.db.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reprise.db.shared.TestLedger;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConnectionProbesTest {

    @RegisterExtension
    static final TestLedger DATABASE = new TestLedger();

    private static final Instant NOW = Instant.parse("2026-11-19T10:00:00Z");

    private final ConnectionProbes probes = DATABASE.at(Clock.systemUTC()).connectionProbes();

    @Test
    void tellsWhatTheNewestProbeOfADefinitionFound() {
        probes.record(probe("warehouse", "first", "fenced", 1));
        probes.record(probe("warehouse", "second", "idempotent", 2));

        assertThat(probes.newest("warehouse", "first").orElseThrow().guarantee())
                .isEqualTo("fenced");
        assertThat(probes.newest("warehouse").orElseThrow()).isEqualTo(probe("warehouse", "second", "idempotent", 2));
        assertThat(probes.newest("warehouse", "third")).isEmpty();
        assertThat(probes.newest("archive")).isEmpty();
    }

    @Test
    void keepsAFewProbesOfEachConnection() {
        probes.record(probe("quiet", "only", "fenced", 0));
        for (int i = 1; i <= ConnectionProbes.KEPT + 5; i++) {
            probes.record(probe("busy", "only", "fenced", i));
        }

        assertThat(probes.history("busy"))
                .hasSize(ConnectionProbes.KEPT)
                .extracting(it -> it.probedAt().getEpochSecond() - NOW.getEpochSecond())
                .startsWith((long) ConnectionProbes.KEPT + 5)
                .endsWith(6L);
        assertThat(probes.history("quiet")).hasSize(1);
    }

    @Test
    void knowsNoOtherGuarantees() {
        assertThatThrownBy(() -> probe("warehouse", "first", "exactly-once", 1))
                .hasMessage("cannot keep the guarantee 'exactly-once' of connection warehouse"
                        + " (expected: one of [fenced, idempotent, at-least-once])");
    }

    private static ConnectionProbe probe(String connection, String definition, String guarantee, int second) {
        return new ConnectionProbe(
                connection,
                definition,
                guarantee,
                "PostgreSQL 17.2",
                NOW.plusSeconds(second),
                "ann",
                "[{\"race\": 1}]");
    }
}
