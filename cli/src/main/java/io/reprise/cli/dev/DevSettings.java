package io.reprise.cli.dev;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What {@code dev} was asked for. */
record DevSettings(Path data, Optional<Path> catalog, DevPorts ports, Map<String, String> environment) {

    DevSettings {
        data = data.toAbsolutePath().normalize();
        environment = Map.copyOf(environment);
    }
}
