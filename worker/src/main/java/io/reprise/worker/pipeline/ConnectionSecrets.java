package io.reprise.worker.pipeline;

import io.reprise.catalog.connection.ConnectionAddresses;
import io.reprise.catalog.connection.ConnectionDefinition;
import io.reprise.catalog.connection.Password;
import io.reprise.catalog.pipeline.DefinitionsReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where this worker finds the passwords of connections, which never reach the ledger: in its environment as
 * {@code REPRISE_CONNECTION_<NAME>_PASSWORD} or in the file that {@code …_PASSWORD_FILE} names, else in the file that the
 * connection names, else in the catalog's folder.
 */
public final class ConnectionSecrets {

    private final Map<String, String> environment;
    private final Optional<Path> catalog;

    /** @param catalog the folder of the catalog, where this worker has it */
    public ConnectionSecrets(Map<String, String> environment, Optional<Path> catalog) {
        this.environment = Map.copyOf(environment);
        this.catalog = catalog;
    }

    /** The connection where this worker's environment leads it. */
    public ConnectionDefinition placed(ConnectionDefinition connection) {
        return new ConnectionAddresses(environment).over(connection);
    }

    /** To be asked for each session, so that a password may change. */
    public String password(ConnectionDefinition connection) {
        String name = connection.name().value();
        String variable = ConnectionAddresses.variable(name).replaceFirst("_URL$", "_PASSWORD");
        @Nullable String given = environment.get(variable);
        if (given != null) {
            return given;
        }
        @Nullable String file = environment.get(variable + "_FILE");
        if (file != null) {
            return firstLine(name, Path.of(file));
        }
        return switch (connection.password()) {
            case Password.InFile(Path named) -> firstLine(name, named);
            case Password.Written written -> written.secret().value();
            case Password.InCatalog _ -> inCatalog(name, variable);
            case Password.None _ -> "";
        };
    }

    private String inCatalog(String name, String variable) {
        return catalog.map(folder -> DefinitionsReader.read(
                                folder,
                                Optional.ofNullable(environment.get("REPRISE_CATALOG_ENVIRONMENT")),
                                environment)
                        .environment()
                        .connections()
                        .get(name))
                .map(ConnectionDefinition::password)
                .filter(Password.Written.class::isInstance)
                .map(written -> ((Password.Written) written).secret().value())
                .orElseThrow(() -> new IllegalStateException("cannot find the password of connection " + name
                        + ": it is written in a catalog that this worker does not have (expected: password-file in the"
                        + " catalog, or " + variable + " or REPRISE_CATALOG in the environment of the worker)"));
    }

    private static String firstLine(String name, Path file) {
        try {
            return Files.readString(file).lines().findFirst().orElse("");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(
                    "cannot read the password of connection " + name + " in " + file
                            + " (expected: a file on this worker)",
                    unreadable);
        }
    }
}
