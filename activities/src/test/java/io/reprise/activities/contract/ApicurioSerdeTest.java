package io.reprise.activities.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.apicurio.registry.resolver.client.RegistryArtifactReference;
import io.apicurio.registry.resolver.client.RegistryClientFacade;
import io.apicurio.registry.resolver.client.RegistryVersionCoordinates;
import io.apicurio.registry.resolver.strategy.ArtifactReference;
import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import io.reprise.activities.contract.SchemaReference.ById;
import io.reprise.activities.shared.TestPostgres;
import io.reprise.db.Ledger;
import io.reprise.db.contract.NewSchema;
import io.reprise.db.contract.RegisteredVersion;
import io.reprise.db.contract.Registration;
import io.reprise.db.shared.LedgerMigrations;
import java.time.Clock;
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

/** What Apicurio's serde writes is read here, and the other way round, with ids that our registry gave. */
class ApicurioSerdeTest {

    private static final Schema SCHEMA = new Schema.Parser().parse("""
            {"type": "record", "name": "Event", "namespace": "shop", "fields": [
              {"name": "id", "type": "string"},
              {"name": "amount", "type": ["null", "long"], "default": null},
              {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}""");
    private static final Map<String, Object> SETTINGS =
            Map.of("apicurio.registry.auto-register", "true", "apicurio.registry.headers.enabled", "false");

    private static HikariDataSource database = new HikariDataSource();
    private static Ledger ledger = Ledger.over(database, Clock.systemUTC());

    @BeforeAll
    static void migrate() {
        database = TestPostgres.ledgerPool(TestPostgres.newDatabase(), 4);
        LedgerMigrations.migrate(database);
        ledger = Ledger.over(database, Clock.systemUTC());
        registered("other", new Schema.Parser().parse("\"int\"").toString());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static RegisteredVersion registered(String subject, String text) {
        return ((Registration.Registered) ledger.subjects().register(subject, new NewSchema(text), alive -> List.of()))
                .version();
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
        try (AvroKafkaSerializer<GenericRecord> serializer = new AvroKafkaSerializer<>(new OurRegistry())) {
            serializer.configure(SETTINGS, false);
            AvroRecords records = AvroRecords.asWritten(new LedgerSchemas(ledger.schemas()));

            byte[] written = serializer.serialize("shop.events", event("e-1"));

            assertThat(written[0]).isZero();
            assertThat(records.read(written, Optional.empty())).isInstanceOfSatisfying(Decoded.Value.class, value -> {
                assertThat(value.record()).hasToString(event("e-1").toString());
                assertThat(value.writer()).isEqualTo(SCHEMA);
            });
        }
    }

    @Test
    void apicurioReadsWhatIsWrittenHere() {
        try (AvroKafkaDeserializer<GenericRecord> deserializer = new AvroKafkaDeserializer<>(new OurRegistry())) {
            deserializer.configure(SETTINGS, false);
            int id = registered("shop.events", SCHEMA.toString()).schema().id();

            byte[] written = AvroRecords.write(new ById(id), SCHEMA, event("e-2"));

            assertThat(deserializer.deserialize("shop.events", written))
                    .hasToString(event("e-2").toString());
        }
    }

    @Test
    void aLedgerThatDoesNotAnswerIsAwayAndASchemaThatItDoesNotHaveIsUnknown() {
        HikariDataSource closed = TestPostgres.ledgerPool(TestPostgres.newDatabase(), 1);
        closed.close();

        assertThat(new LedgerSchemas(Ledger.over(closed, Clock.systemUTC()).schemas()).resolve(new ById(1)))
                .isInstanceOf(SchemaSource.Answer.Away.class);
        assertThat(new LedgerSchemas(ledger.schemas()).resolve(new ById(999_999)))
                .isInstanceOf(SchemaSource.Answer.Unknown.class);
    }

    /** What Apicurio asks of its own registry, answered by ours: our id is its content id. */
    private static final class OurRegistry implements RegistryClientFacade {

        @Override
        public String getSchemaByContentId(Long contentId) {
            return ledger.schemas()
                    .byId(Math.toIntExact(contentId))
                    .orElseThrow()
                    .text();
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
            RegisteredVersion registered = registered(artifactId, schema);
            return RegistryVersionCoordinates.create(
                    (long) registered.schema().id(),
                    (long) registered.schema().id(),
                    groupId,
                    artifactId,
                    Integer.toString(registered.version()));
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
