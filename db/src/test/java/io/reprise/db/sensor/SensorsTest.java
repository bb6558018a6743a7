package io.reprise.db.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.db.Ledger;
import io.reprise.db.run.Accepted;
import io.reprise.db.run.Orders;
import io.reprise.db.run.RunRef;
import io.reprise.db.shared.SettableClock;
import io.reprise.db.shared.TestLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SensorsTest {

    @RegisterExtension
    static final TestLedger DATABASE = new TestLedger();

    private static final Instant NOW = Instant.parse("2026-11-19T10:00:00Z");
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final SensorPlace PLACE = new SensorPlace("topic-id", 3);

    private final SettableClock clock = new SettableClock(NOW);
    private final Ledger ledger = DATABASE.at(clock);
    private final Sensors sensors = ledger.sensors();
    private final SensorReading reading = ledger.sensorReading();

    @BeforeEach
    void nobodyWaits() {
        DATABASE.sql().execute("truncate reprise.sensor, reprise.sensor_place, reprise.sensor_reader");
    }

    private RunRef run(String name) {
        return ((Accepted.New) ledger.acceptance().accept(Orders.order(name))).run();
    }

    private SensorId watch(RunRef run, String step) {
        NewSensor sensor = new NewSensor(run, step, "shop.days", "{}", NOW, NOW.plus(Duration.ofHours(1)));
        assertThat(sensors.watch(sensor)).isEmpty();
        return sensor.id();
    }

    @Test
    void isWatchedForOnceAndAnsweredOnce() {
        RunRef run = run("watched-once");
        SensorId id = watch(run, "closed");
        watch(run, "closed");

        assertThat(reading.openOf("shop.days")).containsExactly(id);
        assertThat(reading.answer(id, "{\"n\":1}")).isTrue();
        assertThat(reading.answer(id, "{\"n\":2}")).isFalse();

        assertThat(reading.openOf("shop.days")).isEmpty();
        assertThat(reading.topics()).isEmpty();
        assertThat(sensors.watch(new NewSensor(run, "closed", "shop.days", "{}", NOW, NOW)))
                .contains("{\"n\":1}");
        assertThat(sensors.end(id)).contains("{\"n\":1}");
    }

    @Test
    void ofManyAnswersAtOnceOneCounts() throws Exception {
        SensorId id = watch(run("answered-at-once"), "closed");
        List<Callable<Boolean>> answers = IntStream.range(0, 8)
                .<Callable<Boolean>>mapToObj(number -> () -> reading.answer(id, "{\"n\":" + number + "}"))
                .toList();

        int counted = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Boolean> answered : threads.invokeAll(answers)) {
                counted += answered.get() ? 1 : 0;
            }
        }

        assertThat(counted).isEqualTo(1);
    }

    @Test
    void whatIsGivenUpIsAnsweredNoMore() {
        SensorId id = watch(run("given-up"), "closed");
        reading.place(id, PLACE, 7);

        assertThat(sensors.end(id)).isEmpty();
        assertThat(reading.answer(id, "{}")).isFalse();
        reading.place(id, PLACE, 8);

        assertThat(reading.read(List.of(id))).isEmpty();
        assertThat(DATABASE.sql().fetchValue("select count(*) from reprise.sensor_place"))
                .isEqualTo(0L);
    }

    @Test
    void remembersHowFarWasLookedAndWhatIsToBeSaid() {
        RunRef run = run("looked");
        SensorId id = watch(run, "closed");

        reading.place(id, PLACE, 7);
        reading.place(id, PLACE, 9);
        reading.note(id, "the topic is not there");
        reading.passed(id, 2);
        reading.passed(id, 1);

        assertThat(reading.read(List.of(id)))
                .containsExactly(new OpenSensor(id, run.workflowId(), "{}", NOW, Map.of(PLACE, 9L)));
        assertThat(sensors.openOf(run.runId()))
                .containsExactly(new ShownSensor("closed", "{}", NOW, Optional.of("the topic is not there"), 3));
        reading.clear(id);
        assertThat(sensors.openOf(run.runId())).extracting(ShownSensor::note).containsExactly(Optional.empty());
    }

    @Test
    void aRunIsToBeWokenUntilSomebodyDid() {
        RunRef run = run("woken");
        SensorId id = watch(run, "closed");
        reading.answer(id, "{}");

        assertThat(reading.toWake(Duration.ofSeconds(1), 10)).isEmpty();
        clock.pass(Duration.ofSeconds(2));
        assertThat(reading.toWake(Duration.ofSeconds(1), 10)).containsExactly(new Wake(id, run.workflowId()));
        reading.woken(id);
        assertThat(reading.toWake(Duration.ofSeconds(1), 10)).isEmpty();
    }

    @Test
    void aTopicHasOneReaderUntilItIsLost() {
        watch(run("read"), "closed");

        assertThat(reading.hold("shop.days", "one", LEASE)).isTrue();
        assertThat(reading.hold("shop.days", "two", LEASE)).isFalse();
        assertThat(reading.hold("shop.days", "one", LEASE)).isTrue();
        assertThat(reading.topics())
                .containsExactly(new ReadTopic("shop.days", Optional.of("one"), Optional.of(NOW.plus(LEASE))));

        clock.pass(LEASE);
        assertThat(reading.hold("shop.days", "two", LEASE)).isTrue();
        reading.release(List.of("shop.days"), "one");
        assertThat(reading.hold("shop.days", "one", LEASE)).isFalse();
        reading.release(List.of("shop.days"), "two");
        assertThat(reading.hold("shop.days", "one", LEASE)).isTrue();
    }

    @Test
    void whatNobodyWaitsForAnyMoreIsForgotten() {
        RunRef ended = run("ended");
        RunRef open = run("open");
        watch(ended, "closed");
        SensorId waiting = watch(open, "closed");
        SensorId answered = watch(open, "opened");
        reading.answer(answered, "{}");
        ledger.outcomes().settle(Orders.ended(ended));

        assertThat(sensors.forgetEnded()).isEqualTo(1);
        assertThat(reading.openOf("shop.days")).containsExactly(waiting);

        clock.pass(Duration.ofDays(2));
        assertThat(sensors.forgetEnded()).isEqualTo(1);
        assertThat(reading.toWake(Duration.ZERO, 10)).extracting(Wake::id).containsExactly(answered);
    }
}
