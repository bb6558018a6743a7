package io.reprise.cli.catalog;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reprise.catalog.pipeline.Definitions;
import io.reprise.catalog.pipeline.DefinitionsReader;
import io.reprise.catalog.trigger.CatalogTriggers;
import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.CommandFailed;
import io.reprise.cli.shared.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which folder is read, for which of its environments: use it as a mixin. */
public final class CatalogSource {

    private static final JsonMapper JSON = new JsonMapper();

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            defaultValue = "${env:REPRISE_CATALOG:-catalog}",
            description = "The catalog's folder (default: REPRISE_CATALOG, else catalog)")
    private Path folder = Path.of("catalog");

    @Option(names = "--env", paramLabel = "NAME", description = "For which of its environments (default: for none)")
    private @Nullable String environment;

    /**
     * The catalog as the api takes it. A catalog with problems ends the command, which tells all of them, also those that
     * only the api knows of: what probes of connections found.
     */
    ObjectNode read(String verb, ApiClient api) {
        if (!Files.isDirectory(folder)) {
            throw new CommandFailed(ExitCode.USAGE, "cannot " + verb + " " + folder + ": there is no such folder");
        }
        Definitions read =
                DefinitionsReader.read(folder, Optional.ofNullable(environment), System.getenv(), ToldProbes.by(api));
        CatalogTriggers triggers = CatalogTriggers.of(folder, read);
        Definitions definitions = read.with(triggers.problems());
        if (!definitions.areSound()) {
            throw new CommandFailed(
                    ExitCode.REFUSED,
                    "cannot " + verb + " " + folder + ":" + System.lineSeparator()
                            + String.join(System.lineSeparator(), Findings.lines(definitions)));
        }
        ObjectNode catalog = JSON.createObjectNode();
        ArrayNode pipelines = catalog.putArray("pipelines");
        definitions.pipelines().forEach(pipeline -> pipelines.add(pipeline.json()));
        ArrayNode contracts = catalog.putArray("contracts");
        definitions.contracts().forEach(contract -> contracts.add(contract.json()));
        ArrayNode streams = catalog.putArray("streams");
        definitions.streams().forEach(stream -> streams.add(stream.json()));
        ArrayNode connections = catalog.putArray("connections");
        definitions.environment().connections().values().forEach(connection -> connections.add(connection.json()));
        ArrayNode written = catalog.putArray("triggers");
        triggers.all().forEach(trigger -> written.add(trigger.json()));
        return catalog;
    }
}
