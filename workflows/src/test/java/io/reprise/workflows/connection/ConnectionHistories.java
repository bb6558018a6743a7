package io.reprise.workflows.connection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Records the history that the replay test plays to later versions of the preparation, into the folder that is its only
 * argument. A history that stands there is never recorded again.
 */
final class ConnectionHistories {

    private ConnectionHistories() {}

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]).resolve("probed.json");
        if (!Files.exists(file)) {
            try (ScriptedPreparation preparation = new ScriptedPreparation(order ->
                    new Prepared(order.connection(), "PostgreSQL 17.6", List.of(), "fenced", List.of("held: all")))) {
                preparation.probe().getResult(Prepared.class);
                Files.createDirectories(file.getParent());
                Files.writeString(file, preparation.history().toJson(true) + "\n");
            }
        }
        System.exit(0);
    }
}
