package io.reprise.cli.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DockerfileTest {

    private static final List<String> LINES = Repository.text("Dockerfile")
            .replace("\\\n", " ")
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .toList();

    @Test
    void buildsWithAJdkAndRunsOnAJreOfTheVersionThatTheBuildTargets() {
        assertThat(lines("FROM "))
                .containsExactly("eclipse-temurin:${JAVA_VERSION}-jdk AS build", "eclipse-temurin:${JAVA_VERSION}-jre");
        assertThat(lines("ARG ")).containsExactly("JAVA_VERSION=" + Repository.buildProperty("maven.compiler.release"));
    }

    @Test
    void copiesOnlyWhatIsThere() {
        lines("COPY ").stream()
                .map(line -> Arrays.stream(line.split(" ", -1))
                        .filter(word -> !word.startsWith("--"))
                        .toList())
                .filter(words -> !words.getFirst().startsWith("/build"))
                .forEach(words -> words.subList(0, words.size() - 1)
                        .forEach(source -> assertThat(Repository.file(source)).exists()));
    }

    @Test
    void takesTheJarsFromWhereTheLauncherHasThem() {
        assertThat(lines("RUN ")).anyMatch(line -> line.contains("package -Pdistribution -pl cli"));
        assertThat(lines("COPY ")).contains("--from=build /build/cli/target/dist/lib /opt/reprise/lib");
        assertThat(Repository.text("reprise"))
                .contains("dist=\"$root/cli/target/dist\"", "\"$dist\"/lib/*.jar", "package -Pdistribution -pl cli");
    }

    @Test
    void runsAsNobodySpecial() {
        int lastStage = LINES.lastIndexOf("FROM eclipse-temurin:${JAVA_VERSION}-jre");
        List<String> users = LINES.subList(lastStage, LINES.size()).stream()
                .filter(line -> line.startsWith("USER "))
                .toList();

        assertThat(users).containsExactly("USER reprise");
    }

    @Test
    void startsTheCommandThatTheLauncherStarts() throws Exception {
        List<String> words =
                List.of(new ObjectMapper().readValue(lines("ENTRYPOINT ").getFirst(), String[].class));

        assertThat(words).startsWith("java").endsWith("io.reprise.cli.Main");
        assertThat(Repository.file("cli/src/main/java/io/reprise/cli/Main.java"))
                .exists();
        assertThat(Repository.text("reprise"))
                .contains("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
    }

    @Test
    void asksTheApiHowItIs() {
        assertThat(lines("HEALTHCHECK ").getFirst()).endsWith("CMD [\"/opt/reprise/health\", \"8080\", \"/health\"]");
        assertThat(lines("COPY ")).contains("--chmod=755 deploy/health.sh /opt/reprise/health");
    }

    @Test
    void leavesSecretsAndBuildResultsOutOfTheImage() {
        assertThat(Repository.text(".dockerignore").lines()).contains("deploy/secrets", ".git", "**/target");
    }

    private static List<String> lines(String instruction) {
        return LINES.stream()
                .filter(line -> line.startsWith(instruction))
                .map(line -> line.substring(instruction.length()))
                .toList();
    }
}
