package io.reprise.api.deadletter;

import io.reprise.api.access.Actor;
import io.reprise.api.access.Decisions;
import io.reprise.api.shared.Refused;
import io.reprise.catalog.shared.FieldError;
import io.reprise.db.deadletter.DeadLetter;
import io.reprise.db.deadletter.DeadLetters;
import io.reprise.db.deadletter.Resolved;
import io.reprise.db.run.Accepted;
import io.reprise.db.run.NewRun;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Decides dead letters, one after the other. A replayed one is queued, and a worker's starter drives it on. */
public final class Redrive {

    private final DeadLetters letters;
    private final RecordIntake intake;
    private final Decisions decisions;

    public Redrive(DeadLetters letters, RecordIntake intake, Decisions decisions) {
        this.letters = letters;
        this.intake = intake;
        this.decisions = decisions;
    }

    /** Reads a letter's record again, as its trigger does. */
    public interface RecordIntake {

        /** Whether it can be read here; else the worker that reads its source is asked. */
        boolean isReadHere(DeadLetter letter);

        NewRun read(DeadLetter letter);
    }

    Verdict planReplay(String id) {
        return open(id).map(letter -> {
                    try {
                        if (intake.isReadHere(letter)) {
                            intake.read(letter);
                        }
                        return Verdict.of(id, Verdict.Result.PLANNED);
                    } catch (Refused refused) {
                        return Verdict.refused(id, words(refused));
                    }
                })
                .orElseGet(() -> notOpen(id));
    }

    Verdict planDiscard(String id) {
        return open(id).map(letter -> Verdict.of(id, Verdict.Result.PLANNED)).orElseGet(() -> notOpen(id));
    }

    Verdict replay(String id, Actor actor) {
        Optional<DeadLetter> letter = open(id);
        if (letter.isEmpty()) {
            return notOpen(id);
        }
        if (!intake.isReadHere(letter.get())) {
            return asked(id, actor);
        }
        NewRun run;
        try {
            run = intake.read(letter.get());
        } catch (Refused refused) {
            letters.attempted(id);
            return Verdict.refused(id, words(refused));
        }
        return verdict(
                id,
                letters.replay(id, run, actor.name()),
                actor,
                Map.of("run", run.workflowId().value()));
    }

    private Verdict asked(String id, Actor actor) {
        if (!letters.ask(id, actor.name())) {
            return notOpen(id);
        }
        decisions.write(actor, "dead-letter.replay", id, Map.of("asked", "its worker"));
        return Verdict.of(id, Verdict.Result.ASKED);
    }

    Verdict discard(String id, String reason, Actor actor) {
        return verdict(id, letters.discard(id, reason, actor.name()), actor, Map.of("reason", reason));
    }

    private Verdict verdict(String id, Resolved resolved, Actor actor, Map<String, String> details) {
        return switch (resolved) {
            case Resolved.Replayed replayed -> {
                decisions.write(actor, "dead-letter.replay", id, details);
                yield new Verdict(id, Verdict.Result.REPLAYED, replayed.letter().runId(), Optional.empty());
            }
            case Resolved.Discarded discarded -> {
                decisions.write(actor, "dead-letter.discard", id, details);
                yield Verdict.of(id, Verdict.Result.DISCARDED);
            }
            case Resolved.StillOpen open -> Verdict.refused(id, words(open.accepted()));
            case Resolved.NotOpen closed ->
                Verdict.refused(id, "it is " + closed.letter().status() + " (expected: OPEN)");
            case Resolved.NotFound none -> Verdict.of(none.deadLetterId(), Verdict.Result.NOT_FOUND);
        };
    }

    private Optional<DeadLetter> open(String id) {
        return letters.byId(id).filter(letter -> letter.status() == DeadLetter.Status.OPEN);
    }

    private Verdict notOpen(String id) {
        return letters.byId(id)
                .map(letter -> Verdict.refused(id, "it is " + letter.status() + " (expected: OPEN)"))
                .orElseGet(() -> Verdict.of(id, Verdict.Result.NOT_FOUND));
    }

    private static String words(Refused refused) {
        return refused.errors().isEmpty()
                ? refused.detail()
                : refused.errors().stream().map(Redrive::words).collect(Collectors.joining("; "));
    }

    private static String words(FieldError error) {
        return error.pointer() + ": found " + error.found() + ", expected " + error.expected();
    }

    private static String words(Accepted accepted) {
        return switch (accepted) {
            case Accepted.Conflict conflict -> conflict.existing().workflowId() + " stands there with other content";
            case Accepted.LedgerRestored restored ->
                "the ledger was restored from an older backup and starts nothing new";
            case Accepted.KeyConflict conflict -> "its key belongs to " + conflict.belongsTo();
            case Accepted.New accepted1 -> "it became " + accepted1.run().workflowId();
            case Accepted.Same same -> "it is " + same.run().workflowId();
        };
    }
}
