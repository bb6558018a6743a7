package io.reprise.activities.pipeline;

import io.reprise.db.run.RunCheck;
import io.reprise.db.run.RunChecks;
import io.reprise.db.run.RunStatement;
import io.reprise.db.run.RunStatements;
import java.util.List;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps them in the ledger. While it is away they are lost, and the log says so: steps go on. */
public final class LedgerStepRecords implements StepRecords {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerStepRecords.class);

    private final RunStatements statements;
    private final RunChecks checks;

    public LedgerStepRecords(RunStatements statements, RunChecks checks) {
        this.statements = statements;
        this.checks = checks;
    }

    @Override
    public void ran(List<RunStatement> ran) {
        try {
            statements.append(ran);
        } catch (DataAccessException away) {
            LOG.warn("Cannot keep {} statements of steps, they are lost: {}", ran.size(), away.getMessage());
        }
    }

    @Override
    public void checked(List<RunCheck> checked) {
        try {
            checks.append(checked);
        } catch (DataAccessException away) {
            LOG.warn("Cannot keep what {} checks found, it is lost: {}", checked.size(), away.getMessage());
        }
    }
}
