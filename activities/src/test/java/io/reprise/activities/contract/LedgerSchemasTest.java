package io.reprise.activities.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.activities.contract.SchemaReference.ByGuid;
import io.reprise.activities.contract.SchemaReference.ById;
import io.reprise.activities.contract.SchemaSource.Answer;
import io.reprise.activities.shared.TestPostgres;
import io.reprise.db.Ledger;
import io.reprise.db.contract.NewSchema;
import io.reprise.db.contract.RegisteredSchema;
import io.reprise.db.contract.Registration;
import io.reprise.db.shared.LedgerMigrations;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerSchemasTest {

    private HikariDataSource database = new HikariDataSource();
    private Ledger ledger = Ledger.over(database, Clock.systemUTC());

    @BeforeEach
    void migrate() {
        database = TestPostgres.ledgerPool(TestPostgres.newDatabase(), 2);
        LedgerMigrations.migrate(database);
        ledger = Ledger.over(database, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private RegisteredSchema registered() {
        Registration registration = ledger.subjects().register("numbers", new NewSchema("\"int\""), alive -> List.of());
        return ((Registration.Registered) registration).version().schema();
    }

    @Test
    void findsWhatOurRegistryHasByIdAndByGuid() {
        RegisteredSchema known = registered();
        LedgerSchemas schemas = new LedgerSchemas(ledger.schemas());

        Answer found = new Answer.Found(Schema.create(Schema.Type.INT));

        assertThat(schemas.resolve(new ById(known.id()))).isEqualTo(found);
        assertThat(schemas.resolve(new ByGuid(known.guid()))).isEqualTo(found);
        assertThat(schemas.resolve(new ById(known.id() + 1))).isInstanceOf(Answer.Unknown.class);
        assertThat(schemas.resolve(new ByGuid(new UUID(0, 0)))).isInstanceOf(Answer.Unknown.class);
    }

    @Test
    void aLedgerThatDoesNotAnswerIsAway() {
        RegisteredSchema known = registered();
        database.close();

        assertThat(new LedgerSchemas(ledger.schemas()).resolve(new ById(known.id())))
                .isInstanceOf(Answer.Away.class);
    }
}
