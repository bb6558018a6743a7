package io.reprise.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reprise.catalog.connection.ConnectionDefinition;
import io.reprise.catalog.connection.Password;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.workflows.run.Name;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionSecretsTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void readsTheFileAtEachSession() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "first\n");
        ConnectionSecrets secrets = new ConnectionSecrets(Map.of(), Optional.empty());

        assertThat(secrets.password(connection(new Password.InFile(file)))).isEqualTo("first");
        Files.writeString(file, "second\n");
        assertThat(secrets.password(connection(new Password.InFile(file)))).isEqualTo("second");
    }

    @Test
    void theEnvironmentOfTheWorkerGoesFirst() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "of a file\n");
        Password named = new Password.InFile(folder.resolve("none"));

        assertThat(new ConnectionSecrets(Map.of("REPRISE_CONNECTION_MART_PASSWORD", "given"), Optional.empty())
                        .password(connection(named)))
                .isEqualTo("given");
        assertThat(new ConnectionSecrets(
                                Map.of("REPRISE_CONNECTION_MART_PASSWORD_FILE", file.toString()), Optional.empty())
                        .password(connection(named)))
                .isEqualTo("of a file");
    }

    @Test
    void aPasswordInTheCatalogIsFoundByWhoeverHasTheCatalog() throws IOException {
        Files.writeString(
                folder.resolve("connections.yaml"),
                "mart: {url: \"jdbc:mariadb://db/mart\", user: etl, password: s3cret}\n");

        assertThat(new ConnectionSecrets(Map.of(), Optional.of(folder)).password(connection(new Password.InCatalog())))
                .isEqualTo("s3cret");
        assertThatThrownBy(() -> new ConnectionSecrets(Map.of(), Optional.empty())
                        .password(connection(new Password.InCatalog())))
                .hasMessageContaining("cannot find the password of connection mart")
                .hasMessageContaining("REPRISE_CONNECTION_MART_PASSWORD");
    }

    @Test
    void theEnvironmentLeadsAConnectionElsewhere() {
        ConnectionSecrets secrets = new ConnectionSecrets(
                Map.of("REPRISE_CONNECTION_MART_URL", "jdbc:postgresql://other/mart"), Optional.empty());

        ConnectionDefinition placed = secrets.placed(connection(new Password.None()));

        assertThat(placed.url()).isEqualTo("jdbc:postgresql://other/mart");
        assertThat(placed.dialect()).isEqualTo(SqlDialect.POSTGRESQL);
    }

    private static ConnectionDefinition connection(Password password) {
        return new ConnectionDefinition(
                new Name("mart"),
                SqlDialect.MARIADB,
                "jdbc:mariadb://db/mart",
                Optional.of("etl"),
                password,
                2,
                2,
                Optional.empty(),
                Map.of());
    }
}
