package io.reprise.worker.trigger;

import io.reprise.catalog.pipeline.Definitions;
import io.reprise.catalog.pipeline.DefinitionsReader;
import io.reprise.catalog.trigger.CatalogTriggers;
import io.reprise.catalog.trigger.TriggerDefinition;
import io.reprise.db.Ledger;
import io.reprise.db.pipeline.NewCatalog;
import io.reprise.db.pipeline.NewDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A catalog that a test writes and applies, with a pipeline that stands for no time and one with days. */
final class AppliedCatalog {

    private static final String CONNECTIONS =
            "warehouse: {url: \"jdbc:postgresql://localhost/warehouse\", user: etl}\n";

    private static final String LOAD = """
            pipeline: load
            parameters:
              region: {default: EU}
              first: {type: integer, default: 0}
              last: {type: integer, default: 0}
              many: {type: integer, default: 1}
            concurrency: {slots: 3}
            steps:
              - {id: load, connection: warehouse, sql: "insert into loads values (:region, :first, :last, :many)"}
            """;

    private static final String DAILY = """
            pipeline: daily
            slot: day
            parameters: {region: {default: EU, allowed: [EU, US]}}
            key: [region]
            steps:
              - {id: sum, connection: warehouse, sql: "insert into days values (:slot_day, :region)"}
            """;

    private final Path folder;
    private final Ledger ledger;

    AppliedCatalog(Path folder, Ledger ledger) throws IOException {
        this.folder = folder;
        this.ledger = ledger;
        write("connections.yaml", CONNECTIONS);
        write("pipelines/load/pipeline.yaml", LOAD);
        write("pipelines/daily/pipeline.yaml", DAILY);
    }

    AppliedCatalog write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(Optional.ofNullable(path.getParent()).orElse(folder));
        Files.writeString(path, text);
        return this;
    }

    AppliedCatalog trigger(String name, String text) throws IOException {
        return write("triggers/" + name + ".yaml", "trigger: " + name + "\n" + text);
    }

    AppliedCatalog contract() throws IOException {
        write("contracts/shop.regions/v1.avsc", """
                {"type":"record","name":"Region","namespace":"shop","doc":"A region",\
                "fields":[{"name":"region","type":"string","doc":"Its name"}]}
                """);
        return write(
                "contracts/shop.regions/contract.yaml",
                "subject: shop.regions\ntopic: shop.regions\nowner: tests\ncompatibility: BACKWARD\n");
    }

    AppliedCatalog without(String trigger) throws IOException {
        Files.delete(folder.resolve("triggers").resolve(trigger + ".yaml"));
        return this;
    }

    void apply() {
        Definitions read = DefinitionsReader.read(folder, Optional.empty(), Map.of());
        CatalogTriggers triggers = CatalogTriggers.of(folder, read);
        Definitions definitions = read.with(triggers.problems());
        if (!definitions.areSound()) {
            throw new AssertionError("a sound catalog has problems: " + definitions.problems());
        }
        List<NewDefinition> all = new ArrayList<>();
        definitions
                .pipelines()
                .forEach(it -> all.add(new NewDefinition("pipeline", it.name().value(), it.json())));
        triggers.all()
                .forEach(it -> all.add(
                        new NewDefinition(TriggerDefinition.KIND, it.name().value(), it.json())));
        ledger.definitions().apply(new NewCatalog(all, List.of()), "tester", OptionalLong.empty());
    }
}
