package io.reprise.activities.contract;

import io.reprise.activities.contract.SchemaReference.ByGuid;
import io.reprise.activities.contract.SchemaReference.ById;
import io.reprise.catalog.contract.AvroText;
import io.reprise.catalog.contract.BadSchema;
import io.reprise.db.contract.RegisteredSchema;
import io.reprise.db.contract.Schemas;
import java.util.Optional;
import org.jooq.exception.DataAccessException;

/** Reads the schemas of our own registry where they are kept, without asking the api. */
public final class LedgerSchemas implements SchemaSource {

    private final Schemas schemas;

    public LedgerSchemas(Schemas schemas) {
        this.schemas = schemas;
    }

    @Override
    public Answer resolve(SchemaReference reference) {
        Optional<RegisteredSchema> found;
        try {
            found = switch (reference) {
                case ById named -> schemas.byId(named.id());
                case ByGuid named -> schemas.byGuid(named.guid());
            };
        } catch (DataAccessException silent) {
            return new Answer.Away("asked the ledger for " + reference + " and found " + silent.getMessage()
                    + " (expected: an answer)");
        }
        if (found.isEmpty()) {
            return new Answer.Unknown("asked the ledger for " + reference + " and found none");
        }
        try {
            return new Answer.Found(AvroText.readWritten(found.get().text()));
        } catch (BadSchema bad) {
            return new Answer.Unknown(
                    "asked the ledger for " + reference + " and found no schema: " + bad.getMessage());
        }
    }
}
