package io.reprise.cli.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reprise.catalog.pipeline.Definitions;
import io.reprise.catalog.pipeline.DefinitionsReader;
import io.reprise.catalog.stream.StreamDefinition;
import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.CommandFailed;
import io.reprise.cli.shared.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "plan",
        description = "Shows the statements with which a stream would make and extend its tables, and changes nothing.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit 3 where a table cannot be extended, because a column has another type, say.",
            "",
            "Examples:",
            "  reprise stream plan events",
            "  reprise stream plan events --catalog examples/shop"
        })
public final class StreamPlanCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Parameters(paramLabel = "NAME", description = "The name of the stream")
    private String name = "";

    @Option(
            names = "--catalog",
            paramLabel = "DIR",
            description = "As it is written in this catalog (default: as it is applied)")
    private @Nullable Path folder;

    @Option(
            names = "--env",
            paramLabel = "NAME",
            description = "For which of the catalog's environments (default: none)")
    private @Nullable String environment;

    @Override
    public Integer call() {
        JsonNode plan = api.client()
                .post(
                        "/streams/" + ApiClient.segment(name) + "/plan",
                        Optional.ofNullable(folder).map(this::written).orElseGet(JsonNodeFactory.instance::objectNode));
        api.print(plan, StreamTables::plan);
        return plan.path("conflicts").isEmpty() ? ExitCode.DONE.code() : ExitCode.REFUSED.code();
    }

    private ObjectNode written(Path catalog) {
        if (!Files.isDirectory(catalog)) {
            throw new CommandFailed(ExitCode.USAGE, "cannot read " + catalog + ": there is no such folder");
        }
        Definitions read = DefinitionsReader.read(catalog, Optional.ofNullable(environment), System.getenv());
        if (!read.areSound()) {
            throw new CommandFailed(
                    ExitCode.REFUSED,
                    "cannot read " + catalog + ": it has problems. See: reprise catalog check " + catalog);
        }
        StreamDefinition stream = read.streams().stream()
                .filter(it -> it.name().value().equals(name))
                .findFirst()
                .orElseThrow(() -> new CommandFailed(
                        ExitCode.NOT_FOUND,
                        "cannot find stream " + name + " in " + catalog + " (expected: one of "
                                + read.streams().stream()
                                        .map(it -> it.name().value())
                                        .sorted()
                                        .toList() + ")"));
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.putArray("streams").add(stream.json());
        ArrayNode contracts = request.putArray("contracts");
        read.contracts().stream()
                .filter(contract ->
                        stream.contract().filter(contract.subject()::equals).isPresent())
                .forEach(contract -> contracts.add(contract.json()));
        return request;
    }
}
