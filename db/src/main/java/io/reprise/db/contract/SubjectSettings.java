package io.reprise.db.contract;

import static io.reprise.db.ledger.Tables.CONTRACT_SUBJECT;

import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.TableField;

/** What subjects promise and allow. The empty name stands for all that say nothing of themselves. */
public final class SubjectSettings {

    /** Whose settings hold for every other subject. */
    public static final String ALL = "";

    private final DSLContext sql;

    public SubjectSettings(DSLContext sql) {
        this.sql = sql;
    }

    /** Its own; empty where it says nothing. */
    public Optional<String> compatibility(String subject) {
        return read(subject, CONTRACT_SUBJECT.COMPATIBILITY);
    }

    /** Its own; empty where it says nothing. */
    public Optional<String> mode(String subject) {
        return read(subject, CONTRACT_SUBJECT.ACCESS);
    }

    /** Says it anew, or no more. */
    public void setCompatibility(String subject, Optional<String> compatibility) {
        write(subject, CONTRACT_SUBJECT.COMPATIBILITY, compatibility);
    }

    /** Says it anew, or no more. */
    public void setMode(String subject, Optional<String> mode) {
        write(subject, CONTRACT_SUBJECT.ACCESS, mode);
    }

    private <R extends Record> Optional<String> read(String subject, TableField<R, String> setting) {
        return sql.select(setting)
                .from(CONTRACT_SUBJECT)
                .where(CONTRACT_SUBJECT.SUBJECT.eq(subject))
                .fetchOptional(setting);
    }

    private <R extends Record> void write(String subject, TableField<R, String> setting, Optional<String> value) {
        sql.insertInto(CONTRACT_SUBJECT)
                .set(CONTRACT_SUBJECT.SUBJECT, subject)
                .set(setting, value.orElse(null))
                .onConflict(CONTRACT_SUBJECT.SUBJECT)
                .doUpdate()
                .set(setting, value.orElse(null))
                .execute();
    }
}
