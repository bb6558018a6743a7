package io.reprise.activities.shared;

import io.reprise.embedded.EmbeddedKafka;
import io.reprise.embedded.Placement;

/** One Kafka for all tests of this module. */
public final class TestKafka {

    private TestKafka() {}

    public static String bootstrapServers() {
        return Server.RUNNING.bootstrapServers();
    }

    private static final class Server {
        private static final EmbeddedKafka RUNNING = EmbeddedKafka.start(Placement.temporary());
    }
}
