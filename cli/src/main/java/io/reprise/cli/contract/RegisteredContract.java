package io.reprise.cli.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reprise.catalog.contract.ContractDefinition;
import io.reprise.catalog.contract.ContractDrift;
import io.reprise.cli.shared.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a server answered of a contract, beside the folder's.
 *
 * @param answer of the api
 * @param drift of the registry from the folder; empty where the folder has no such contract
 */
record RegisteredContract(JsonNode answer, Optional<List<ContractDrift>> drift) {

    static RegisteredContract of(JsonNode answer, Optional<ContractDefinition> contract) {
        List<ContractDrift.Registered> registry = new ArrayList<>();
        versions(answer)
                .forEach(it -> registry.add(new ContractDrift.Registered(
                        it.path("version").asInt(),
                        it.path("id").asInt(),
                        it.path("schema").asText(),
                        it.path("deleted").asBoolean())));
        return new RegisteredContract(answer, contract.map(it -> ContractDrift.between(it, registry)));
    }

    private static JsonNode versions(JsonNode answer) {
        return answer.at("/registered/versions");
    }

    /** What the registry has, and where that is not what the folder has. */
    JsonNode document() {
        ObjectNode document = answer.path("registered").deepCopy();
        document.put("subject", answer.path("subject").asText());
        drift.ifPresent(drifts -> {
            ArrayNode list = document.putArray("drift");
            drifts.forEach(it -> list.addObject().put("version", it.version()).put("found", it.words()));
        });
        return document;
    }

    Table table(Path folder) {
        Table card = Table.of();
        card.row("SUBJECT", answer.path("subject").asText());
        card.row("COMPATIBILITY", answer.at("/registered/compatibility").asText());
        card.row("MODE", answer.at("/registered/mode").asText());
        return card.then(versions().note(comparison(folder)));
    }

    private Table versions() {
        Map<Integer, String> drifts = new TreeMap<>();
        drift.orElse(List.of()).forEach(it -> drifts.put(it.version(), it.words()));
        Table table = Table.of("VERSION", "ID", "GUID", "STATE", "DRIFT");
        for (JsonNode version : versions(answer)) {
            table.row(
                    version.path("version").asText(),
                    version.path("id").asText(),
                    version.path("guid").asText(),
                    version.path("deleted").asBoolean() ? "deleted" : "registered",
                    Optional.ofNullable(drifts.remove(version.path("version").asInt()))
                            .orElse(""));
        }
        drifts.forEach((version, words) -> table.row(Integer.toString(version), "-", "-", "missing", words));
        return table;
    }

    private String comparison(Path folder) {
        return drift.map(it -> it.isEmpty() ? "as in " + folder : it.size() + " not as in " + folder)
                .orElse("no such contract in " + folder + " to compare with");
    }
}
