package io.reprise.activities.producer;

import io.reprise.embedded.EmbeddedKafka;
import io.reprise.embedded.Placement;
import io.reprise.embedded.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A broker that can be killed in earnest, and started again on its data and port. */
final class BrokerProcess implements AutoCloseable {

    private final Path folder;
    private final int port = Ports.free();
    private @Nullable Process process;

    private BrokerProcess(Path folder) {
        this.folder = folder;
    }

    static BrokerProcess start(Path folder) throws IOException {
        BrokerProcess broker = new BrokerProcess(folder);
        broker.startAgain();
        return broker;
    }

    /** Runs until its input ends, which the test that started it holds. */
    public static void main(String[] arguments) throws IOException {
        Placement placement = Placement.kept(Path.of(arguments[0])).onPort(Integer.parseInt(arguments[1]));
        try (EmbeddedKafka _ = EmbeddedKafka.start(placement)) {
            while (System.in.read() >= 0) {}
        }
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    void startAgain() throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        Optional.ofNullable(System.getProperty("surefire.test.class.path"))
                                .orElseGet(() -> System.getProperty("java.class.path")),
                        BrokerProcess.class.getName(),
                        folder.toString(),
                        Integer.toString(port))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> !Ports.isFree(port));
    }

    void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
