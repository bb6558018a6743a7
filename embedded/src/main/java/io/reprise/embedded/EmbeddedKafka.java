package io.reprise.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/** A Kafka of one node, broker and controller, in this JVM and on loopback. */
public final class EmbeddedKafka implements AutoCloseable {

    private static final int NODE = 1;

    private final DataFolder folder;
    private final ProcessEnd processEnd;
    private int port;
    private @Nullable KafkaRaftServer server;

    private EmbeddedKafka(Placement placement) {
        this.folder = DataFolder.of(placement, "kafka");
        this.processEnd = ProcessEnd.doing(placement, this::close);
    }

    public static EmbeddedKafka start(Placement placement) {
        EmbeddedKafka kafka = new EmbeddedKafka(placement);
        try {
            kafka.format();
            Ports.launch("Kafka", placement.port(), kafka::launch);
            return kafka;
        } catch (RuntimeException | Error e) {
            kafka.close();
            throw e;
        }
    }

    public int port() {
        return port;
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Stops the broker and keeps its data and port, as an outage does. */
    public synchronized void stop() {
        if (server == null) {
            return;
        }
        server.shutdown();
        server.awaitShutdown();
        server = null;
    }

    /** Starts a stopped broker on the same data and port. */
    public synchronized void startAgain() {
        if (server == null) {
            launch(port);
        }
    }

    @Override
    public synchronized void close() {
        processEnd.takeBack();
        stop();
        folder.close();
    }

    private void format() {
        Path logs = logs();
        if (Files.exists(logs.resolve("meta.properties"))) {
            return;
        }
        try {
            Files.createDirectories(logs);
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(NODE)
                    .addDirectory(logs.toString())
                    .setMetadataLogDirectory(logs.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the Kafka folder " + logs, e);
        } catch (Exception e) {
            throw new IllegalStateException("cannot format the Kafka folder " + logs, e);
        }
    }

    private synchronized void launch(int onPort) {
        KafkaRaftServer starting =
                new KafkaRaftServer(new KafkaConfig(settings(onPort, Ports.free()), false), Time.SYSTEM);
        try {
            starting.startup();
        } catch (KafkaException e) {
            starting.shutdown();
            starting.awaitShutdown();
            if (e.getCause() instanceof BindException) {
                throw new PortTaken("Kafka", onPort);
            }
            throw e;
        }
        server = starting;
        port = onPort;
    }

    private Map<String, String> settings(int onPort, int controllerPort) {
        Map<String, String> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE));
        settings.put("log.dirs", logs().toString());
        settings.put("listeners", "CLIENTS://127.0.0.1:" + onPort + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", "CLIENTS://127.0.0.1:" + onPort);
        settings.put("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("inter.broker.listener.name", "CLIENTS");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        settings.put("default.replication.factor", "1");
        settings.put("auto.create.topics.enable", "false");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("background.threads", "2");
        // The default of 128 MB is allocated whole, at start.
        settings.put("log.cleaner.dedupe.buffer.size", "2097152");
        return settings;
    }

    private Path logs() {
        return folder.path().resolve("data");
    }
}
