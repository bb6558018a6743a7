package io.reprise.embedded;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which production server runs, and how: the same three things that docker-compose.yml says.
 *
 * @param dynamicConfiguration the file that the compose file mounts
 * @param historyShards fixed for ever by the first start on a database
 */
public record TemporalRelease(String version, Path dynamicConfiguration, int historyShards) {

    public TemporalRelease {
        dynamicConfiguration = dynamicConfiguration.toAbsolutePath().normalize();
        if (!Files.isRegularFile(dynamicConfiguration)) {
            throw new IllegalArgumentException("cannot start Temporal " + version + ": its dynamic configuration "
                    + dynamicConfiguration + " is not there (expected: the file that docker-compose.yml mounts)");
        }
        if (historyShards < 1) {
            throw new IllegalArgumentException("cannot start Temporal " + version + " with " + historyShards
                    + " history shards (expected: 1 or more)");
        }
    }
}
