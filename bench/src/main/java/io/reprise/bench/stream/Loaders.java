package io.reprise.bench.stream;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Loaders as processes: so many are always alive, whoever kills them. */
final class Loaders implements AutoCloseable {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private final List<Process> alive = new ArrayList<>();
    private final String url;
    private final String bootstrap;
    private final Path logs;
    private int started;

    Loaders(String url, String bootstrap, Path logs) {
        this.url = url;
        this.bootstrap = bootstrap;
        this.logs = logs;
    }

    void keepAlive(int count) throws IOException {
        alive.removeIf(process -> !process.isAlive());
        while (alive.size() < count) {
            Path log = logs.resolve("loader-" + started++ + ".log");
            alive.add(new ProcessBuilder(
                            JAVA.toString(),
                            "-Xmx512m",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            StreamProcess.class.getName(),
                            url,
                            bootstrap)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start());
        }
    }

    /** With {@code kill -9}, so that nothing is finished. */
    void killOne(RandomGenerator chance) throws InterruptedException {
        Process victim = alive.get(chance.nextInt(alive.size()));
        victim.destroyForcibly();
        victim.waitFor(10, TimeUnit.SECONDS);
    }

    /** Stands still for so long that the group gives its partitions away, and then goes on as if nothing had happened. */
    void freezeOne(RandomGenerator chance, long millis) throws IOException, InterruptedException {
        String victim = Long.toString(alive.get(chance.nextInt(alive.size())).pid());
        signal("-STOP", victim);
        Thread.sleep(millis);
        signal("-CONT", victim);
    }

    private static void signal(String signal, String process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", signal, process).start().waitFor();
    }

    int started() {
        return started;
    }

    @Override
    public void close() {
        alive.forEach(Process::destroyForcibly);
    }
}
