package io.reprise.catalog.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.reprise.catalog.schema.CatalogSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CatalogSchemaTest {

    private static final Path PUBLISHED = Path.of("..", "docs", "schema");
    private static final Path SHOP = Path.of("..", "examples", "shop");
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path root;

    @ParameterizedTest
    @EnumSource
    void theRepositoryPublishesWhatIsGenerated(CatalogSchema schema) throws IOException {
        Path file = PUBLISHED.resolve(schema.kind() + ".schema.json");

        assertThat(Files.readString(file))
                .as("%s is old: write it anew with reprise catalog schema %s", file, schema.kind())
                .isEqualTo(schema.text());
    }

    @Test
    void theShopFitsItsSchemas() throws IOException {
        assertThat(errors(CatalogSchema.CONNECTIONS, Files.readString(SHOP.resolve("connections.yaml"))))
                .isEmpty();
        try (Stream<Path> pipelines = Files.list(SHOP.resolve("pipelines"))) {
            for (Path home : (Iterable<Path>) pipelines.sorted()::iterator) {
                assertThat(errors(CatalogSchema.PIPELINE, Files.readString(home.resolve("pipeline.yaml"))))
                        .as(home.toString())
                        .isEmpty();
                assertFit(home.resolve("tests"));
            }
        }
    }

    private static void assertFit(Path tests) throws IOException {
        try (Stream<Path> files = Files.list(tests)) {
            for (Path file : (Iterable<Path>) files.filter(it -> it.toString().endsWith(".yaml"))::iterator) {
                assertThat(errors(CatalogSchema.TEST, Files.readString(file)))
                        .as(file.toString())
                        .isEmpty();
            }
        }
    }

    @Test
    void catalogsWithOneOfEverythingFitToo() {
        assertThat(errors(CatalogSchema.PIPELINE, GoodCatalogsTest.DAILY)).isEmpty();
        assertThat(errors(CatalogSchema.PIPELINE, GoodCatalogsTest.MONEY)).isEmpty();
        assertThat(errors(CatalogSchema.CONNECTIONS, CatalogOnDisk.CONNECTIONS)).isEmpty();
        assertThat(errors(CatalogSchema.ENVIRONMENT, """
                variables: {bucket: dev-files, number: 5}
                schemas: {mart: dev_mart}
                connections: {warehouse: {pool: 1}}
                """)).isEmpty();
    }

    /** Whatever is left out or strange: where the schema complains, the reader does, and a strange key both refuse. */
    @Test
    void theSchemaNeverRefusesWhatTheReaderTakes() throws IOException {
        for (String text : List.of(GoodCatalogsTest.DAILY, GoodCatalogsTest.MONEY)) {
            for (Changed changed : changes((ObjectNode) YamlJson.of(text))) {
                boolean fits = errors(CatalogSchema.PIPELINE, changed.text()).isEmpty();

                if (!fits) {
                    assertThat(isRefused(changed.text())).as(changed.what()).isTrue();
                }
                if (changed.what().startsWith("strange key")) {
                    assertThat(fits).as(changed.what()).isFalse();
                }
            }
        }
    }

    @Test
    void wrongSortsAndWordsAreSeenByEditors() {
        assertThat(errors(CatalogSchema.PIPELINE, GoodCatalogsTest.DAILY.replace("slot: day", "slot: week")))
                .isNotEmpty();
        assertThat(errors(CatalogSchema.PIPELINE, GoodCatalogsTest.DAILY.replace("timeout: 5m", "timeout: soon")))
                .isNotEmpty();
        assertThat(errors(CatalogSchema.PIPELINE, GoodCatalogsTest.DAILY.replace("timeout: 5m", "timeout: \"${t}\"")))
                .isEmpty();
        assertThat(errors(CatalogSchema.PIPELINE, GoodCatalogsTest.DAILY.replace("attempts: 5", "attempts: 0")))
                .isNotEmpty();
        assertThat(errors(CatalogSchema.CONNECTIONS, "warehouse: {user: x}")).isNotEmpty();
        assertThat(errors(CatalogSchema.PIPELINE, "pipeline: p")).isNotEmpty();
    }

    private record Changed(String what, String text) {}

    /** The document without each of its keys, and with a strange one in each of its mappings that have known keys. */
    private static List<Changed> changes(ObjectNode document) throws IOException {
        List<Changed> changes = new ArrayList<>();
        for (ObjectNode mapping : mappings(document)) {
            for (String key : names(mapping)) {
                JsonNode value = mapping.remove(key);
                changes.add(new Changed("no " + key, JSON.writeValueAsString(document)));
                mapping.set(key, value);
            }
            if (mapping.has("id") || mapping.has("cron") || mapping.has("pipeline")) {
                mapping.put("strange-key", 1);
                changes.add(new Changed("strange key beside " + names(mapping), JSON.writeValueAsString(document)));
                mapping.remove("strange-key");
            }
        }
        return changes;
    }

    private static List<String> names(ObjectNode mapping) {
        List<String> names = new ArrayList<>();
        mapping.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<ObjectNode> mappings(JsonNode node) {
        List<ObjectNode> mappings = new ArrayList<>();
        if (node instanceof ObjectNode mapping) {
            mappings.add(mapping);
        }
        if (node instanceof ObjectNode || node instanceof ArrayNode) {
            node.forEach(inner -> mappings.addAll(mappings(inner)));
        }
        return mappings;
    }

    private boolean isRefused(String pipeline) {
        String name = pipeline.contains("\"daily\"") ? "daily" : "money";
        return !new CatalogOnDisk(root)
                .file("pipelines/" + name + "/pipeline.yaml", pipeline)
                .read()
                .areSound();
    }

    private static Set<ValidationMessage> errors(CatalogSchema kind, String yaml) {
        JsonSchema schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(kind.text());
        return schema.validate(YamlJson.of(yaml));
    }
}
