package io.reprise.activities.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.activities.shared.TestDatabase;
import io.reprise.catalog.sql.SqlScript;
import io.reprise.catalog.sql.SqlStatement;
import io.reprise.catalog.sql.SqlText;
import io.reprise.db.connection.ConnectionProbe;
import java.time.Clock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
@Timeout(60)
class ConnectionPreparationTest {

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aKitThatSomebodyElseMadeByItsDdlIsTaken(TestDatabase database) {
        try (HikariDataSource pool = database.pool(database.newDatabase(), 3)) {
            ConnectionPreparation preparation =
                    new ConnectionPreparation("warehouse", database.dialect(), pool, Clock.systemUTC());
            SqlText kit = SqlText.ofFile("kit.sql", String.join("\n", preparation.ddl()));
            database.execute(
                    pool,
                    SqlScript.split(kit, database.dialect()).statements().stream()
                            .map(SqlStatement::text)
                            .toArray(String[]::new));

            preparation.prepare();

            assertThat(preparation.ddl()).isEmpty();
            assertThat(preparation.probe("a".repeat(64), "ada").guarantee()).isEqualTo("fenced");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void showsItsDdlRunsItOnceAndProvesTheFence(TestDatabase database) {
        try (HikariDataSource pool = database.pool(database.newDatabase(), 3)) {
            ConnectionPreparation preparation =
                    new ConnectionPreparation("warehouse", database.dialect(), pool, Clock.systemUTC());

            assertThat(preparation.ddl()).anyMatch(text -> text.contains("fence"));
            preparation.prepare();
            assertThat(preparation.ddl()).isEmpty();
            ConnectionProbe probe = preparation.probe("a".repeat(64), "ada");

            assertThat(probe.findings()).doesNotContain("\"held\":false");
            assertThat(probe.guarantee()).isEqualTo("fenced");
            assertThat(probe.server()).isNotBlank();
        }
    }
}
