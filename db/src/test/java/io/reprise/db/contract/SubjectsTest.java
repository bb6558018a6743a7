package io.reprise.db.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.db.shared.Concurrently;
import io.reprise.db.shared.TestLedger;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SubjectsTest {

    @RegisterExtension
    static final TestLedger DATABASE = new TestLedger();

    private static final int WRITERS = 64;
    private static final NewSchema INT = new NewSchema("\"int\"");
    private static final NewSchema LONG = new NewSchema("\"long\"");

    private final Subjects subjects = DATABASE.at(Clock.systemUTC()).subjects();
    private final Schemas schemas = DATABASE.at(Clock.systemUTC()).schemas();

    private RegisteredVersion register(String subject, NewSchema schema) {
        return ((Registration.Registered) subjects.register(subject, schema, alive -> List.of())).version();
    }

    @Test
    void theSameSchemaHasOneNumberUnderEverySubject() {
        RegisteredVersion one = register("one", INT);
        RegisteredVersion other = register("other", INT);

        assertThat(register("one", INT)).isEqualTo(one);
        assertThat(other.schema()).isEqualTo(one.schema());
        assertThat(schemas.byId(one.schema().id())).contains(one.schema());
        assertThat(schemas.byGuid(one.schema().guid())).contains(one.schema());
        assertThat(schemas.versionsOf(one.schema().id(), false)).contains(one, other);
        assertThat(register("one", LONG).version()).isEqualTo(2);
    }

    @Test
    void whatIsObjectedToIsNotRegistered() {
        register("strict", INT);

        Registration objected = subjects.register("strict", LONG, alive -> List.of("it has " + alive.size()));

        assertThat(objected).isEqualTo(new Registration.Objected(List.of("it has 1")));
        assertThat(subjects.versions("strict", true)).hasSize(1);
    }

    @Test
    void aNumberOfAVersionIsNeverGivenTwice() {
        register("gone", INT);
        register("gone", LONG);

        subjects.forget("gone", List.of(1));
        assertThat(subjects.versions("gone", true)).hasSize(2);

        subjects.delete("gone", List.of(1, 2));
        assertThat(subjects.versions("gone", false)).isEmpty();
        assertThat(subjects.names(false)).doesNotContain("gone");
        assertThat(subjects.names(true)).contains("gone");

        subjects.forget("gone", List.of(1, 2));
        assertThat(subjects.versions("gone", true)).isEmpty();
        assertThat(register("gone", LONG).version()).isEqualTo(3);
    }

    @Test
    void aCatalogPinsAVersionAndOverwritesNothing() {
        assertThat(subjects.pin("pinned", 4, INT)).isInstanceOf(Registration.Registered.class);
        assertThat(subjects.pin("pinned", 4, INT)).isInstanceOf(Registration.Registered.class);
        assertThat(subjects.pin("pinned", 4, LONG)).isInstanceOf(Registration.Drifted.class);
        assertThat(subjects.pin("pinned", 5, INT)).isInstanceOf(Registration.Drifted.class);
        assertThat(register("pinned", LONG).version()).isEqualTo(5);
    }

    @Test
    void manyWritersOfOneSchemaGetOneNumber() throws Exception {
        NewSchema schema = new NewSchema("\"boolean\"");

        List<RegisteredVersion> versions = Concurrently.run(WRITERS, writer -> register("crowd-" + writer % 4, schema));

        assertThat(versions)
                .extracting(it -> it.schema().id())
                .containsOnly(versions.getFirst().schema().id());
        assertThat(versions).extracting(RegisteredVersion::version).containsOnly(1);
        assertThat(schemas.versionsOf(versions.getFirst().schema().id(), true)).hasSize(4);
    }

    @Test
    void writersWhoseConnectionsAreKilledMixNothingUp() throws Exception {
        AtomicBoolean going = new AtomicBoolean(true);
        AtomicInteger killed = new AtomicInteger();
        Thread killer = Thread.ofPlatform().start(() -> {
            while (going.get()) {
                killed.addAndGet(kill());
            }
        });

        List<List<RegisteredVersion>> versions = Concurrently.run(WRITERS, this::writeInSpiteOfAll);
        going.set(false);
        killer.join();

        Set<Integer> ids = new HashSet<>();
        for (int schema = 0; schema < 20; schema++) {
            int place = schema;
            Set<Integer> ofOne = new HashSet<>();
            versions.forEach(written -> ofOne.add(written.get(place).schema().id()));
            assertThat(ofOne).as("numbers of one schema").hasSize(1);
            ids.addAll(ofOne);
        }
        assertThat(killed.get()).as("connections that were killed").isPositive();
        assertThat(ids).as("numbers of twenty schemas").hasSize(20);
        assertThat(subjects.versions("stormy", true))
                .extracting(RegisteredVersion::version)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
    }

    private List<RegisteredVersion> writeInSpiteOfAll(int writer) {
        List<RegisteredVersion> written = new ArrayList<>();
        while (written.size() < 20) {
            try {
                written.add(register("stormy", new NewSchema("{\"n\":" + written.size() + "}")));
            } catch (DataAccessException cut) {
                // the next round tries it again
            }
        }
        return written;
    }

    private static int kill() {
        try {
            return DATABASE.sql()
                    .fetch("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
                            + " and pid <> pg_backend_pid() and state <> 'idle' limit 1")
                    .size();
        } catch (DataAccessException cut) {
            return 0;
        }
    }
}
