package io.reprise.api.run;

import io.reprise.api.shared.ProblemType;
import io.reprise.api.shared.Refused;
import io.reprise.db.run.Acceptance;
import io.reprise.db.run.Accepted;
import io.reprise.db.run.IdempotencyKey;
import io.reprise.db.run.NewRun;
import io.reprise.db.run.Run;
import io.reprise.db.run.RunRef;
import io.reprise.db.run.Runs;
import org.jspecify.annotations.Nullable;

/** Accepts a run into the ledger and starts it. Asked for twice, it is the same run. */
public final class RunIntake {

    private final AcceptanceGuard guard;
    private final Acceptance acceptance;
    private final Runs runs;
    private final PromptStart start;

    public RunIntake(AcceptanceGuard guard, Acceptance acceptance, Runs runs, PromptStart start) {
        this.guard = guard;
        this.acceptance = acceptance;
        this.runs = runs;
        this.start = start;
    }

    /**
     * Answers the run as the ledger has it, new or known.
     *
     * @param key the caller's Idempotency-Key
     */
    public Run accept(NewRun run, @Nullable String key) {
        return switch (accepted(run, key)) {
            case Accepted.New accepted -> {
                start.start(accepted.run(), run);
                yield ledgered(accepted.run());
            }
            case Accepted.Same same -> ledgered(same.run());
            case Accepted.Conflict conflict ->
                throw Refused.because(
                        ProblemType.OTHER_CONTENT,
                        "asked for " + run.workflowId() + ", which stands there with other content as run "
                                + conflict.existing().runId() + " (expected: the same content, or another id"
                                + detour(ledgered(conflict.existing()), run) + ")");
            case Accepted.KeyConflict conflict ->
                throw Refused.because(
                        ProblemType.IDEMPOTENCY_KEY_REUSED,
                        "found the Idempotency-Key '" + conflict.key().value() + "' bound to " + conflict.belongsTo()
                                + " with other content (expected: the same request, or another key; keys are kept for "
                                + IdempotencyKey.KEPT.toDays() + " days)");
            case Accepted.LedgerRestored restored ->
                throw Refused.because(
                        ProblemType.LEDGER_RESTORED,
                        "the ledger is at run " + restored.highWater() + " and its kits were at " + restored.mark()
                                + ": it was restored from an older backup and starts nothing new"
                                + " (expected: reprise audit --all, then reprise audit --all --accept)");
        };
    }

    private Accepted accepted(NewRun run, @Nullable String key) {
        guard.check();
        return RequestKey.of(key)
                .map(it -> acceptance.accept(run, start.lease(), it))
                .orElseGet(() -> acceptance.accept(run, start.lease()));
    }

    /** A slot that failed cannot be asked for anew once its definition was mended. */
    private static String detour(Run existing, NewRun wanted) {
        return wanted.definition().isEmpty() || existing.definition().equals(wanted.definition())
                ? ""
                : "; it was made from another definition: once it has failed, reprise run retry "
                        + existing.ref().workflowId() + " --definition current";
    }

    private Run ledgered(RunRef run) {
        return runs.byId(run.runId()).orElseThrow();
    }
}
