package io.reprise.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.cli.shared.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class LauncherTest {

    private static final Duration SHORT = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    @Test
    void aJavaHomeThatIsTooOldIsRefusedInOneSentence() throws Exception {
        Path old = javaHome("17.0.12");

        try (Launched reprise = Launched.reprise(folder, Map.of("REPRISE_JAVA_HOME", old.toString()), "--version")) {
            assertThat(reprise.awaitExit(SHORT)).isEqualTo(ExitCode.UNAVAILABLE.code());
            assertThat(reprise.output().trim().lines())
                    .singleElement()
                    .asString()
                    .contains("REPRISE_JAVA_HOME=" + old, "found Java '17'", "JDK 25");
        }
    }

    @Test
    void anOldJavaHomeDoesNotKeepItFromTheJdkThatIsThere() throws Exception {
        try (Launched reprise =
                Launched.reprise(folder, Map.of("JAVA_HOME", javaHome("17.0.12").toString()), "--version")) {
            assertThat(reprise.awaitExit(SHORT)).as(reprise.output()).isZero();
            assertThat(reprise.output()).contains("reprise 0.");
        }
    }

    @Test
    void aTestOptionThatDoesNotExistIsAnsweredWithWhatDoes() throws Exception {
        try (Launched reprise = Launched.reprise(folder, "test", "--topology", "moon")) {
            assertThat(reprise.awaitExit(SHORT)).isEqualTo(ExitCode.USAGE.code());
            assertThat(reprise.output()).contains("moon", "expected: production");
        }
    }

    private Path javaHome(String version) throws IOException {
        Path home = folder.resolve("jdk-" + version);
        Path javac = home.resolve("bin/javac");
        Files.createDirectories(javac.getParent());
        Files.writeString(javac, "#!/bin/sh\n");
        assertThat(javac.toFile().setExecutable(true)).isTrue();
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return home;
    }
}
