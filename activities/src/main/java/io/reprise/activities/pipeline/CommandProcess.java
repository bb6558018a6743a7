package io.reprise.activities.pipeline;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A command of the operating system while it runs, in a folder and a group of processes of its own. Whatever it started is
 * ended with it, and it is ended with the worker, also with one that is killed: a guard beside it reads from the worker until
 * there is none.
 */
final class CommandProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CommandProcess.class);
    private static final Path OWN_GROUP = Path.of("/usr/bin/setsid");
    // The guard is nobody's child, and holds nothing of what the command writes to, or its end would not be seen.
    private static final String GUARDED = """
            folder=$1; shift; exec 3<&0
            (/usr/bin/setsid /bin/sh -c 'while read -r _; do :; done; kill -s KILL -- "-$1"; /bin/rm -rf -- "$2"' \
              guard "$$" "$folder" <&3 3<&- >/dev/null 2>&1 &)
            exec "$@" </dev/null 3<&-""";
    private static final Duration POLITELY = Duration.ofSeconds(2);
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Process process;
    private final Path folder;
    private final List<Thread> readers;

    private CommandProcess(Process process, Path folder, List<Thread> readers) {
        this.process = process;
        this.folder = folder;
        this.readers = readers;
    }

    /** Begins it; its lines are told as they come, each from a thread of its stream. */
    static CommandProcess start(List<String> words, Map<String, String> environment, CommandOutput output)
            throws IOException {
        Path folder = Files.createTempDirectory("reprise-command-");
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(OWN_GROUP)) {
            command.addAll(List.of(OWN_GROUP.toString(), "/bin/sh", "-c", GUARDED, "reprise", folder.toString()));
        }
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            return new CommandProcess(
                    process,
                    folder,
                    List.of(
                            reader(process.getInputStream(), output::said),
                            reader(process.getErrorStream(), output::complained)));
        } catch (IOException failed) {
            delete(folder);
            throw failed;
        }
    }

    private static Thread reader(InputStream stream, Consumer<String> lines) {
        return Thread.ofVirtual().start(() -> {
            try (Reader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                tell(reader, lines);
            } catch (IOException closed) {
                LOG.debug("A command's output ended", closed);
            }
        });
    }

    /** A line may have no end: what is longer than will be kept is read and forgotten. */
    private static void tell(Reader reader, Consumer<String> lines) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = reader.read();
        while (next >= 0) {
            if (next == '\n') {
                lines.accept(line.toString());
                line.setLength(0);
            } else if (line.length() <= CommandOutput.LONGEST_LINE) {
                line.append((char) next);
            }
            next = reader.read();
        }
        if (!line.isEmpty()) {
            lines.accept(line.toString());
        }
    }

    boolean hasEndedWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits for what it wrote last, and answers how it ended. */
    int exitCode() throws InterruptedException {
        for (Thread reader : readers) {
            reader.join(LAST_WORDS);
        }
        return process.exitValue();
    }

    /** Ends the whole group, first politely; where there is a guard, it clears up. */
    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        signal("TERM");
        children.forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            process.waitFor(POLITELY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        signal("KILL");
        children.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        if (!Files.isExecutable(OWN_GROUP)) {
            delete(folder);
        }
    }

    /** Java cannot signal a group, but every shell can. */
    private void signal(String name) {
        if (!Files.isExecutable(OWN_GROUP)) {
            return;
        }
        try {
            new ProcessBuilder("sh", "-c", "kill -s " + name + " -- -" + process.pid() + " 2>/dev/null")
                    .start()
                    .waitFor(POLITELY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException failed) {
            LOG.warn("Cannot end the processes that command {} started", process.pid(), failed);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path folder) {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException left) {
            LOG.warn("Cannot delete {}, the folder of a command", folder, left);
        }
    }
}
