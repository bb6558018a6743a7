package io.reprise.catalog.contract;

import io.reprise.catalog.shared.CatalogFolder;
import io.reprise.catalog.shared.CatalogProblem;
import io.reprise.catalog.shared.CatalogProblems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A catalog's contracts that a test writes down. */
final class ContractsOnDisk {

    static final String EVENTS = """
            subject: events
            topic: shop.events
            owner: shop-team
            compatibility: BACKWARD
            key: eventId
            event-time: occurredAt
            """;

    static final String FIRST = """
            {"type": "record", "name": "Event", "namespace": "shop", "doc": "What happened.", "fields": [
              {"name": "eventId", "type": "string", "doc": "Which."},
              {"name": "occurredAt", "type": {"type": "long", "logicalType": "timestamp-millis"}, "doc": "When."},
              {"name": "amount", "type": ["null", "long"], "default": null, "doc": "How much."}]}
            """;

    static final String SECOND = FIRST.replace(
            "]}\n", ",\n{\"name\": \"note\", \"type\": \"string\", \"default\": \"\", \"doc\": \"Why.\"}]}\n");

    private final Path root;

    ContractsOnDisk(Path root) {
        this.root = root;
    }

    /** Two versions that are as they should be. */
    static ContractsOnDisk sound(Path root) {
        return new ContractsOnDisk(root)
                .file("events/contract.yaml", EVENTS)
                .file("events/v1.avsc", FIRST)
                .file("events/v2.avsc", SECOND);
    }

    ContractsOnDisk file(String name, String text) {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    ContractsOnDisk file(String name, byte[] bytes) {
        try {
            Path file = root.resolve("contracts").resolve(name);
            Files.createDirectories(Optional.ofNullable(file.getParent()).orElse(root));
            Files.write(file, bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path root() {
        return root;
    }

    CatalogFolder folder() {
        return CatalogFolder.at(root).orElseThrow();
    }

    List<String> problems() {
        CatalogProblems problems = new CatalogProblems();
        Contracts.read(folder(), problems);
        return problems.problems().stream().map(CatalogProblem::toString).toList();
    }

    ContractDefinition contract() {
        CatalogProblems problems = new CatalogProblems();
        List<ContractDefinition> contracts = Contracts.read(folder(), problems);
        if (!problems.none()) {
            throw new AssertionError("sound contracts have problems: " + problems.problems());
        }
        return contracts.getFirst();
    }
}
