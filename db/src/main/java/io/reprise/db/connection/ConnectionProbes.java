package io.reprise.db.connection;

import static io.reprise.db.ledger.Tables.CONNECTION_PROBE;

import io.reprise.db.shared.Storable;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.JSON;
import org.jooq.Record;

/** The newest probes of each connection. */
public final class ConnectionProbes {

    static final int KEPT = 20;
    static final int LONGEST_FINDINGS = 64_000;

    private final DSLContext sql;

    public ConnectionProbes(DSLContext sql) {
        this.sql = sql;
    }

    /** Keeps a probe, and forgets the oldest one of that connection where it has many. */
    public void record(ConnectionProbe probe) {
        sql.transaction(both -> {
            both.dsl()
                    .insertInto(CONNECTION_PROBE)
                    .set(CONNECTION_PROBE.CONNECTION, probe.connection())
                    .set(CONNECTION_PROBE.DEFINITION_HASH, probe.definition())
                    .set(CONNECTION_PROBE.GUARANTEE, probe.guarantee())
                    .set(CONNECTION_PROBE.SERVER, Storable.text(probe.server()))
                    .set(CONNECTION_PROBE.PROBED_AT, probe.probedAt())
                    .set(CONNECTION_PROBE.PROBED_BY, probe.probedBy())
                    .set(CONNECTION_PROBE.FINDINGS, JSON.json(Storable.json(probe.findings(), LONGEST_FINDINGS)))
                    .execute();
            both.dsl()
                    .deleteFrom(CONNECTION_PROBE)
                    .where(CONNECTION_PROBE.SEQ.in(both.dsl()
                            .select(CONNECTION_PROBE.SEQ)
                            .from(CONNECTION_PROBE)
                            .where(CONNECTION_PROBE.CONNECTION.eq(probe.connection()))
                            .orderBy(CONNECTION_PROBE.SEQ.desc())
                            .offset(KEPT)))
                    .execute();
        });
    }

    public Optional<ConnectionProbe> newest(String connection) {
        return history(connection).stream().findFirst();
    }

    /** What holds for that very definition of the connection: nothing as long as it was not probed. */
    public Optional<ConnectionProbe> newest(String connection, String definition) {
        return sql.selectFrom(CONNECTION_PROBE)
                .where(CONNECTION_PROBE.CONNECTION.eq(connection))
                .and(CONNECTION_PROBE.DEFINITION_HASH.eq(definition))
                .orderBy(CONNECTION_PROBE.SEQ.desc())
                .limit(1)
                .fetchOptional(ConnectionProbes::probe);
    }

    /** As many as are kept, the newest first. */
    public List<ConnectionProbe> history(String connection) {
        return sql.selectFrom(CONNECTION_PROBE)
                .where(CONNECTION_PROBE.CONNECTION.eq(connection))
                .orderBy(CONNECTION_PROBE.SEQ.desc())
                .limit(KEPT)
                .fetch(ConnectionProbes::probe);
    }

    private static ConnectionProbe probe(Record row) {
        return new ConnectionProbe(
                row.get(CONNECTION_PROBE.CONNECTION),
                row.get(CONNECTION_PROBE.DEFINITION_HASH),
                row.get(CONNECTION_PROBE.GUARANTEE),
                row.get(CONNECTION_PROBE.SERVER),
                row.get(CONNECTION_PROBE.PROBED_AT),
                row.get(CONNECTION_PROBE.PROBED_BY),
                row.get(CONNECTION_PROBE.FINDINGS).data());
    }
}
