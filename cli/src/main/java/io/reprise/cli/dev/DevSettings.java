package io.reprise.cli.dev;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What {@code dev} was asked for. */
record DevSettings(Path data, Optional<Path> catalog, DevPorts ports, Map<String, String> environment) {

    static final Path EXAMPLES = Path.of("examples", "shop");

    DevSettings {
        data = data.toAbsolutePath().normalize();
        environment = Map.copyOf(environment);
    }

    /** The examples keep their data in the database that is started here, wherever its port is. */
    boolean startsWarehouse() {
        return catalog.filter(folder -> folder.endsWith(EXAMPLES)).isPresent()
                && !environment.containsKey("REPRISE_DB_URL");
    }
}
