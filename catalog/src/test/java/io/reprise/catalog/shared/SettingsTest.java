package io.reprise.catalog.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    private static final Setting<Integer> PORT = Setting.port("http.port", 8080);
    private static final Setting<String> URL = Setting.jdbc("db.url", "jdbc:postgresql://127.0.0.1:15432/reprise");
    private static final Setting<Secret> PASSWORD = Setting.secret("db.password", "reprise");
    private static final Setting<Duration> RETENTION = Setting.duration("run.retention", Duration.ofSeconds(5));
    private static final List<Setting<?>> ALL = List.of(PORT, URL, PASSWORD, RETENTION);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void takesTheEnvironmentBeforeTheFileBeforeWhatIsDeclared() throws IOException {
        Path file = file("db.url: jdbc:h2:file\nhttp: {port: 9000}\n");

        Settings settings = Settings.read(Map.of("REPRISE_HTTP_PORT", "9001", "PATH", "/bin"), file, ALL);

        assertThat(settings.get(PORT)).isEqualTo(9001);
        assertThat(settings.get(URL)).isEqualTo("jdbc:h2:file");
        assertThat(settings.get(RETENTION)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void tellsEveryErrorAtOnceWithItsPlaceAndTheNearestName() throws IOException {
        Path file = file("run:\n  retention: soon\n  retension: 5s\n");

        BadSettings bad = catchThrowableOfType(
                BadSettings.class,
                () -> Settings.read(
                        Map.of("REPRISE_HTTP_PROT", "9001", "REPRISE_HTTP_PORT", "70000", "REPRISE_DB_URL", "here"),
                        file,
                        ALL));

        assertThat(bad.problems())
                .containsExactlyInAnyOrder(
                        "cannot use REPRISE_HTTP_PROT in the environment: there is no such setting"
                                + " (expected: REPRISE_HTTP_PORT)",
                        "cannot use run.retension (" + file
                                + ", line 3): there is no such setting (expected: run.retention)",
                        "cannot use REPRISE_HTTP_PORT: found '70000' (expected: a whole number from 0 to 65535)",
                        "cannot use REPRISE_DB_URL: found 'here' (expected: a JDBC address, jdbc:…)",
                        "cannot use run.retention (" + file
                                + ", line 2): found 'soon' (expected: a duration such as 500ms, 30s, 5m, 2h or 7d)");
    }

    @Test
    void readsASecretFromAFileAndNeverPrintsIt() throws IOException {
        Path secret = Files.writeString(folder.resolve("password"), "hush\n");

        Settings settings =
                Settings.read(Map.of("REPRISE_DB_PASSWORD_FILE", secret.toString()), folder.resolve("none.yaml"), ALL);

        assertThat(settings.get(PASSWORD).value()).isEqualTo("hush");
        assertThat(settings.get(PASSWORD).toString() + PASSWORD).doesNotContain("hush");
    }

    @Test
    void refusesASecretThatIsGivenTwice() {
        assertThatThrownBy(() -> Settings.read(
                        Map.of("REPRISE_DB_PASSWORD_FILE", "x", "REPRISE_DB_PASSWORD", "hush"),
                        folder.resolve("none.yaml"),
                        ALL))
                .hasMessageContaining("cannot use both REPRISE_DB_PASSWORD and REPRISE_DB_PASSWORD_FILE")
                .hasMessageNotContaining("hush");
    }

    @Test
    void refusesAFileThatIsNoYaml() throws IOException {
        Path file = file("http: {port: 1\n");

        assertThatThrownBy(() -> Settings.read(Map.of(), file, ALL))
                .isInstanceOf(BadSettings.class)
                .hasMessageContaining("line 2, column 1");
    }

    @Test
    void refusesToReadASettingThatOtherProcessesWouldNotKnow() {
        assertThatThrownBy(() ->
                        Settings.read(Map.of(), folder.resolve("none.yaml"), List.of(Setting.text("made.up", "x"))))
                .hasMessageContaining("missing in KnownSettings");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("reprise.yaml"), text);
    }
}
