package io.reprise.activities.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class CommandProcessTest {

    @TempDir
    private Path folder;

    @Test
    void aCommandEndsWithTheWorkerThatIsKilled() throws Exception {
        Process worker = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.resolve("pids").toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(worker.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(said.readLine()).isEqualTo("started");
            List<String> told = Files.readAllLines(folder.resolve("pids"));
            assertThat(told).hasSize(3);
            Path workplace = Path.of(told.getFirst());
            assertThat(workplace).isDirectory();

            worker.destroyForcibly().waitFor();

            for (String pid : told.subList(1, 3)) {
                Awaitility.await().until(() -> isGone(Long.parseLong(pid)));
            }
            Awaitility.await().until(() -> !Files.exists(workplace));
        } finally {
            worker.destroyForcibly();
        }
    }

    @Test
    void aCommandThatEndsLeavesNoFolderAndNoGuard() throws Exception {
        Path told = folder.resolve("told");
        try (CommandProcess command = start("pwd > " + told + "; sleep 600 & echo $! >> " + told)) {
            assertThat(command.hasEndedWithin(Duration.ofSeconds(20))).isTrue();
            assertThat(command.exitCode()).isZero();
        }
        List<String> lines = Files.readAllLines(told);

        Awaitility.await().until(() -> isGone(Long.parseLong(lines.get(1))));
        Awaitility.await().until(() -> !Files.exists(Path.of(lines.getFirst())));
        Awaitility.await()
                .until(() -> ProcessHandle.allProcesses()
                        .noneMatch(process -> process.info()
                                .commandLine()
                                .filter(line -> line.contains(lines.getFirst()))
                                .isPresent()));
    }

    @Test
    void aLineWithoutAnEndIsCutWhileItComes() throws Exception {
        CommandOutput output = output();

        try (CommandProcess command = CommandProcess.start(
                List.of("/bin/sh", "-c", "head -c 300000000 /dev/zero | tr '\\0' x; echo; echo last"),
                Map.of(),
                output)) {
            assertThat(command.hasEndedWithin(Duration.ofMinutes(1))).isTrue();
            assertThat(command.exitCode()).isZero();
        }

        assertThat(output.lastLine()).contains("last");
    }

    private static CommandOutput output() {
        return new CommandOutput(_ -> {}, Clock.systemUTC(), "run", Optional.empty());
    }

    private static CommandProcess start(String script) throws IOException {
        return CommandProcess.start(List.of("/bin/sh", "-c", script), Map.of(), output());
    }

    private static boolean isGone(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
    }

    /** A worker with a command that would outlive it. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            String pids = arguments[0];
            try (CommandProcess command =
                    start("pwd > %1$s.new; echo $$ >> %1$s.new; sleep 600 & echo $! >> %1$s.new; mv %1$s.new %1$s; wait"
                            .formatted(pids))) {
                while (!Files.exists(Path.of(pids))) {
                    TimeUnit.MILLISECONDS.sleep(20);
                }
                System.out.println("started");
                command.hasEndedWithin(Duration.ofMinutes(5));
            }
        }
    }
}
