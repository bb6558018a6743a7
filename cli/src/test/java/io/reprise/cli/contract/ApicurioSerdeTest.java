package io.reprise.cli.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.apicurio.registry.resolver.client.RegistryArtifactReference;
import io.apicurio.registry.resolver.client.RegistryClientFacade;
import io.apicurio.registry.resolver.client.RegistryVersionCoordinates;
import io.apicurio.registry.resolver.strategy.ArtifactReference;
import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import io.reprise.activities.contract.AvroRecords;
import io.reprise.activities.contract.Decoded;
import io.reprise.activities.contract.RegistrySchemas;
import io.reprise.activities.contract.SchemaReference.ById;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What Apicurio's serde writes is read here, and the other way round, where both know the schema from our registry by HTTP.
 * Apicurio's own client asks for another API than Confluent's, so one of ours stands in its place.
 */
class ApicurioSerdeTest {

    private static final Schema SCHEMA = new Schema.Parser().parse("""
            {"type": "record", "name": "Event", "namespace": "shop", "fields": [
              {"name": "id", "type": "string"},
              {"name": "amount", "type": ["null", "long"], "default": null},
              {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}""");
    private static final Map<String, Object> SETTINGS =
            Map.of("apicurio.registry.auto-register", "true", "apicurio.registry.headers.enabled", "false");

    private static ServedRegistry registry;

    @BeforeAll
    static void start() {
        registry = ServedRegistry.start();
        registry.register("other", "\"int\"");
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    private static RegistrySchemas schemas() {
        return new RegistrySchemas(registry.uri("/registry"), Optional.empty(), Duration.ofSeconds(10));
    }

    private static GenericRecord event(String id) {
        return new GenericRecordBuilder(SCHEMA)
                .set("id", id)
                .set("amount", 1250L)
                .set("at", 1_767_225_600_000L)
                .build();
    }

    @Test
    void readsWhatApicurioWrites() {
        try (AvroKafkaSerializer<GenericRecord> serializer = new AvroKafkaSerializer<>(new OverHttp());
                RegistrySchemas schemas = schemas()) {
            serializer.configure(SETTINGS, false);

            byte[] written = serializer.serialize("shop.events", event("e-1"));

            assertThat(written[0]).isZero();
            assertThat(AvroRecords.asWritten(schemas).read(written, Optional.empty()))
                    .isInstanceOfSatisfying(Decoded.Value.class, value -> {
                        assertThat(value.record()).hasToString(event("e-1").toString());
                        assertThat(value.writer()).isEqualTo(SCHEMA);
                    });
        }
    }

    @Test
    void apicurioReadsWhatIsWrittenHere() {
        try (AvroKafkaDeserializer<GenericRecord> deserializer = new AvroKafkaDeserializer<>(new OverHttp())) {
            deserializer.configure(SETTINGS, false);
            int id = registry.register("shop.events", SCHEMA.toString())
                    .path("id")
                    .asInt();

            byte[] written = AvroRecords.write(new ById(id), SCHEMA, event("e-2"));

            assertThat(deserializer.deserialize("shop.events", written))
                    .hasToString(event("e-2").toString());
        }
    }

    /** What the serde asks of a registry, asked of ours as Confluent's clients do: our id is its content id. */
    private static final class OverHttp implements RegistryClientFacade {

        @Override
        public String getSchemaByContentId(Long contentId) {
            return registry.get("/schemas/ids/" + contentId).path("schema").asText();
        }

        @Override
        public RegistryVersionCoordinates createSchema(
                String artifactType,
                String groupId,
                String artifactId,
                String version,
                String autoCreateBehavior,
                boolean canonical,
                String schema,
                Set<RegistryArtifactReference> references) {
            JsonNode registered = registry.register(artifactId, schema);
            long id = registered.path("id").asLong();
            return RegistryVersionCoordinates.create(
                    id, id, groupId, artifactId, registered.path("version").asText());
        }

        @Override
        public List<RegistryArtifactReference> getReferencesByContentId(long contentId) {
            return List.of();
        }

        @Override
        public String getSchemaByGlobalId(long globalId, boolean dereferenced) {
            throw unasked();
        }

        @Override
        public String getSchemaByGAV(String groupId, String artifactId, String version) {
            throw unasked();
        }

        @Override
        public String getSchemaByContentHash(String contentHash) {
            throw unasked();
        }

        @Override
        public List<RegistryArtifactReference> getReferencesByGlobalId(long globalId) {
            throw unasked();
        }

        @Override
        public List<RegistryArtifactReference> getReferencesByGAV(String groupId, String artifactId, String version) {
            throw unasked();
        }

        @Override
        public List<RegistryArtifactReference> getReferencesByContentHash(String contentHash) {
            throw unasked();
        }

        @Override
        public List<RegistryVersionCoordinates> searchVersionsByContent(
                String schema, String artifactType, ArtifactReference reference, boolean canonical) {
            throw unasked();
        }

        @Override
        public RegistryVersionCoordinates getVersionCoordinatesByGAV(
                String groupId, String artifactId, String version) {
            throw unasked();
        }

        @Override
        public Object getClient() {
            throw unasked();
        }

        private static UnsupportedOperationException unasked() {
            return new UnsupportedOperationException("nobody is expected to ask this");
        }
    }
}
