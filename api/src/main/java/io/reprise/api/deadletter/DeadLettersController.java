package io.reprise.api.deadletter;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.reprise.api.access.Actor;
import io.reprise.api.shared.Fields;
import io.reprise.api.shared.Listing;
import io.reprise.api.shared.Refused;
import io.reprise.db.deadletter.DeadLetter;
import io.reprise.db.deadletter.DeadLetterFilter;
import io.reprise.db.deadletter.DeadLetterGroup;
import io.reprise.db.deadletter.DeadLetters;
import io.reprise.db.shared.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Tag(name = "dead letters")
@Controller("/api/v1/dead-letters")
@ExecuteOn(TaskExecutors.BLOCKING)
final class DeadLettersController {

    private static final int MOST_IDS = 500;

    private final DeadLetters letters;
    private final Redrive redrive;

    DeadLettersController(DeadLetters letters, Redrive redrive) {
        this.letters = letters;
        this.redrive = redrive;
    }

    @Get
    @Operation(summary = "Lists dead letters, the newest first, each with what its record begins with")
    Listing<DeadLetterView> list(
            @QueryValue @Nullable String status,
            @QueryValue @Nullable String trigger,
            @QueryValue @Nullable String fingerprint,
            @QueryValue @Nullable String cursor,
            @QueryValue @Nullable String limit) {
        Fields query = Fields.ofQuery();
        DeadLetterFilter filter = filter(query, status, trigger, fingerprint);
        PageRequest page = query.page(cursor, limit);
        query.check();

        return Listing.of(letters.page(filter, page), DeadLetterView::listed);
    }

    @Get("/export")
    @Operation(summary = "Lists dead letters, the newest first, each with all of its bytes")
    Listing<DeadLetterView> export(
            @QueryValue @Nullable String status,
            @QueryValue @Nullable String trigger,
            @QueryValue @Nullable String fingerprint,
            @QueryValue @Nullable String cursor,
            @QueryValue @Nullable String limit) {
        Fields query = Fields.ofQuery();
        DeadLetterFilter filter = filter(query, status, trigger, fingerprint);
        PageRequest page = query.page(cursor, limit);
        query.check();

        return Listing.of(letters.wholePage(filter, page), DeadLetterView::whole);
    }

    private static DeadLetterFilter filter(
            Fields query, @Nullable String status, @Nullable String trigger, @Nullable String fingerprint) {
        return new DeadLetterFilter(
                query.word("status", status, DeadLetter.Status.class),
                Optional.ofNullable(trigger),
                Optional.ofNullable(fingerprint));
    }

    @Get("/groups")
    @Operation(summary = "Counts open dead letters by what ails them")
    Listing<DeadLetterGroup> groups() {
        return new Listing<>(letters.groups(), null);
    }

    @Get("/{id}")
    @Operation(summary = "Shows a dead letter with its bytes")
    DeadLetterView show(String id) {
        return letters.byId(id).map(DeadLetterView::whole).orElseThrow(() -> Refused.notFound("a dead letter", id));
    }

    @Post("/replay")
    @Operation(
            summary = "Makes runs of dead letters; dryRun only tells what would become of them",
            description = "{\"ids\":[…]} or {\"fingerprint\":\"…\",\"trigger\":\"…\"}: at most 500 at once")
    Listing<Verdict> replay(@Body @Nullable String body, @Header(Actor.HEADER) @Nullable String actor) {
        Fields fields = Fields.ofBody(body, "ids", "fingerprint", "trigger", "dryRun");
        boolean dryRun = fields.flag("dryRun");
        List<String> ids = ids(fields);

        return verdicts(ids.stream()
                .map(id -> dryRun ? redrive.planReplay(id) : redrive.replay(id, Actor.of(actor)))
                .toList());
    }

    @Post("/discard")
    @Operation(summary = "Gives dead letters up for a reason; dryRun only tells which")
    Listing<Verdict> discard(@Body @Nullable String body, @Header(Actor.HEADER) @Nullable String actor) {
        Fields fields = Fields.ofBody(body, "ids", "fingerprint", "trigger", "reason", "dryRun");
        String reason = fields.required("reason");
        boolean dryRun = fields.flag("dryRun");
        List<String> ids = ids(fields);

        return verdicts(ids.stream()
                .map(id -> dryRun ? redrive.planDiscard(id) : redrive.discard(id, reason, Actor.of(actor)))
                .toList());
    }

    /** Those that are named, or the first of those that fail alike. */
    private List<String> ids(Fields fields) {
        Optional<String> fingerprint = fields.text("fingerprint");
        List<String> ids = fields.texts("ids");
        if (fingerprint.isPresent()) {
            if (!ids.isEmpty()) {
                fields.wrong("/fingerprint", "ids and a fingerprint", "one of them");
            }
            Optional<String> trigger = fields.text("trigger");
            fields.check();
            return letters.openIds(trigger, fingerprint.get(), MOST_IDS);
        }
        if (ids.isEmpty() || ids.size() > MOST_IDS) {
            fields.wrong("/ids", ids.size() + " ids", "1 to " + MOST_IDS + " ids, or a fingerprint");
        }
        fields.check();
        return ids;
    }

    private static Listing<Verdict> verdicts(List<Verdict> verdicts) {
        return new Listing<>(verdicts, null);
    }
}
