package io.reprise.db.run;

import static io.reprise.db.ledger.Tables.RUN;
import static io.reprise.db.run.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.reprise.db.Ledger;
import io.reprise.db.shared.SettableClock;
import io.reprise.db.shared.TestLedger;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LedgerMarkTest {

    @RegisterExtension
    static final TestLedger DATABASE = new TestLedger();

    private static final Lease API = new Lease("api-1", Duration.ofSeconds(5));

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-19T10:00:00Z"));
    private final Ledger ledger = DATABASE.at(clock);
    private final LedgerMark mark = ledger.mark();

    @Test
    void risesWithWhatWasAcceptedAndStaysWhenOldRunsAreDropped() {
        ledger.acceptance().accept(order("one"));
        long after = mark.raise();

        DATABASE.sql().truncate(RUN).execute();

        assertThat(after).isPositive();
        assertThat(mark.raise()).isEqualTo(after);
        assertThat(mark.compare(after)).isInstanceOf(LedgerStanding.Current.class);
    }

    @Test
    void stopsAcceptanceBehindAMarkUntilThatIsAcceptedAndThenNumbersBeyondIt() {
        long behind = mark.raise() + 5_000;

        assertThat(mark.compare(behind))
                .asInstanceOf(type(LedgerStanding.Restored.class))
                .satisfies(restored -> assertThat(restored.mark()).isEqualTo(behind));
        assertThat(ledger.acceptance().accept(order("meanwhile"), API))
                .asInstanceOf(type(Accepted.LedgerRestored.class))
                .satisfies(refused -> assertThat(refused.mark()).isEqualTo(behind));
        assertThat(ledger.acceptance().accept(order("meanwhile"), API, new IdempotencyKey("meanwhile")))
                .isInstanceOf(Accepted.LedgerRestored.class);
        assertThat(mark.accept()).isEqualTo(new LedgerStanding.Current(behind));

        assertThat(ledger.acceptance().accept(order("meanwhile"), API)).isInstanceOf(Accepted.New.class);
        assertThat(ledger.runs()
                        .byWorkflowId(order("meanwhile").workflowId())
                        .orElseThrow()
                        .seq())
                .isGreaterThan(behind);
    }
}
