package io.reprise.catalog.connection;

import io.reprise.catalog.shared.Variables;
import java.util.Map;
import java.util.Optional;

/**
 * Where a catalog is used: what its variables, schemas and connections stand for.
 *
 * @param name empty where none was chosen
 * @param schemas the schema that stands for one which is written in a table
 */
public record Environment(
        Optional<String> name,
        Map<String, String> variables,
        Map<String, String> schemas,
        Map<String, ConnectionDefinition> connections) {

    public Environment {
        variables = Map.copyOf(variables);
        schemas = Map.copyOf(schemas);
        connections = Map.copyOf(connections);
    }

    public String schema(String written) {
        return schemas.getOrDefault(written, written);
    }

    public Variables asVariables() {
        return new Variables(name, variables);
    }
}
