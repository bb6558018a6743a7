package io.reprise.catalog.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reprise.catalog.shared.Secret;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.workflows.run.Name;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectionTextTest {

    @Test
    void readsBackWhatItWrote() {
        ConnectionDefinition connection = connection(new Password.InFile(Path.of("secrets/warehouse")));

        String text = connection.json();

        assertThat(text)
                .isEqualTo("{\"connection\":\"warehouse\",\"url\":\"jdbc:mariadb://db:3306/mart\",\"user\":\"etl\","
                        + "\"password-file\":\"secrets/warehouse\",\"pool\":3,\"limit\":7,"
                        + "\"statement-timeout\":\"PT30S\",\"properties\":{\"a\":\"1\",\"b\":\"2\"}}");
        assertThat(ConnectionDefinition.fromJson(text)).isEqualTo(connection);
    }

    @Test
    void leavesAPasswordInTheCatalog() {
        ConnectionDefinition connection = connection(new Password.Written(new Secret("s3cret")));

        String text = connection.json();

        assertThat(text).doesNotContain("s3cret");
        assertThat(ConnectionDefinition.fromJson(text).password()).isEqualTo(new Password.InCatalog());
        assertThat(ConnectionDefinition.fromJson(text).json()).isEqualTo(text);
    }

    @Test
    void saysWhatIsNoConnection() {
        assertThatThrownBy(() -> ConnectionDefinition.fromJson("{\"connection\":\"warehouse\"}"))
                .hasMessage("cannot read a connection: its address is of no known database"
                        + " (expected: the text of a connection's definition)");
    }

    private static ConnectionDefinition connection(Password password) {
        return new ConnectionDefinition(
                new Name("warehouse"),
                SqlDialect.MARIADB,
                "jdbc:mariadb://db:3306/mart",
                Optional.of("etl"),
                password,
                3,
                7,
                Optional.of(Duration.ofSeconds(30)),
                Map.of("b", "2", "a", "1"));
    }
}
