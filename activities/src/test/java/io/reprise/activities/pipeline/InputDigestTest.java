package io.reprise.activities.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.activities.shared.TestDatabase;
import io.reprise.catalog.pipeline.InputDefinition;
import io.reprise.catalog.schedule.SlotCalendar;
import io.reprise.workflows.pipeline.SlotKind;
import io.reprise.workflows.pipeline.SlotValue;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InputDigestTest {

    private static final SlotValue DAY =
            new SlotCalendar(SlotKind.DAY, ZoneOffset.UTC).at(Instant.parse("2026-11-19T10:00:00Z"));
    private static final SlotValue HOUR =
            new SlotCalendar(SlotKind.HOUR, ZoneOffset.UTC).at(Instant.parse("2026-11-19T10:00:00Z"));

    @ParameterizedTest
    @EnumSource
    void changesWithAnyRowOfItsSlotAndWithNoOther(TestDatabase kind) throws SQLException {
        try (HikariDataSource database = kind.pool(kind.newDatabase(), 2)) {
            tell(database, "create table events (id int, event_day date, hash varchar(20))");
            tell(database, "insert into events values (1, '2026-11-19', 'a'), (2, '2026-11-19', 'b')");
            InputDigest reader = new InputDigest(name -> Optional.of(database));
            String first = reader.digest(input("event_day", "hash"), DAY);

            tell(database, "insert into events values (3, '2026-11-20', 'c'), (4, '2026-11-18', 'd')");
            tell(database, "delete from events where id = 1");
            String less = reader.digest(input("event_day", "hash"), DAY);
            tell(database, "insert into events values (1, '2026-11-19', 'a')");
            String again = reader.digest(input("event_day", "hash"), DAY);
            tell(database, "update events set hash = 'z' where id = 2");
            String changed = reader.digest(input("event_day", "hash"), DAY);

            assertThat(first).startsWith("2:").isEqualTo(again).isNotEqualTo(changed);
            assertThat(less).startsWith("1:");
            assertThat(changed).startsWith("2:");
            assertThat(reader.digest(input("event_day", "hash"), HOUR)).isEqualTo(changed);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aColumnOfInstantsIsCutAtTheInstantsOfTheSlot(TestDatabase kind) throws SQLException {
        try (HikariDataSource database = kind.pool(kind.newDatabase(), 2)) {
            tell(database, "create table events (id int, at timestamp null)");
            tell(database, "insert into events values (1, '2026-11-19 10:00:00'), (2, '2026-11-19 10:59:59')");
            tell(database, "insert into events values (3, '2026-11-19 11:00:00'), (4, '2026-11-19 09:59:59')");
            InputDigest reader = new InputDigest(name -> Optional.of(database));

            assertThat(reader.digest(
                            new InputDefinition("w", Optional.empty(), "events", "at", Optional.empty()), HOUR))
                    .startsWith("2:");
        }
    }

    @Test
    void aConnectionThatIsNotServedHereIsNamed() {
        InputDigest reader = new InputDigest(name -> Optional.empty());

        assertThatThrownBy(() -> reader.digest(input("event_day", "hash"), DAY))
                .hasMessage("cannot compare the input of 2026-11-19: connection 'warehouse' is not served here"
                        + " (expected: soon)");
    }

    private static InputDefinition input(String column, String digest) {
        return new InputDefinition("warehouse", Optional.empty(), "events", column, Optional.of(digest));
    }

    private static void tell(HikariDataSource database, String order) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(order);
            connection.commit();
        }
    }
}
