package io.reprise.api.run;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.reprise.api.access.Actor;
import io.reprise.api.access.Decisions;
import io.reprise.api.shared.Fields;
import io.reprise.api.shared.Listing;
import io.reprise.api.shared.Refused;
import io.reprise.db.run.AuditReport;
import io.reprise.db.run.AuditReports;
import io.reprise.db.run.LedgerMark;
import io.reprise.db.run.LedgerStanding;
import io.reprise.db.shared.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Audits: asked for here, made by a worker. */
@Tag(name = "audits")
@Controller("/api/v1/audits")
@ExecuteOn(TaskExecutors.BLOCKING)
final class AuditsController {

    private final AuditReports reports;
    private final LedgerMark mark;
    private final Decisions decisions;

    AuditsController(AuditReports reports, LedgerMark mark, Decisions decisions) {
        this.reports = reports;
        this.mark = mark;
        this.decisions = decisions;
    }

    @Post
    @Operation(summary = "Asks for an audit: of orders with their event log, or of fences, ledger and Temporal (all)")
    HttpResponse<AuditView> request(@Body @Nullable String body, @Header(Actor.HEADER) @Nullable String actor) {
        Fields fields = Fields.ofBody(body, "kind");
        String word = fields.required("kind");
        AuditReport.Kind kind = fields.word("/kind", word.isEmpty() ? null : word, AuditReport.Kind.class)
                .orElse(AuditReport.Kind.ALL);
        fields.check();

        AuditReport report = reports.request(kind, Actor.of(actor).name());

        return HttpResponse.<AuditView>accepted(URI.create("/api/v1/audits/" + report.reportId()))
                .body(AuditView.of(report, new Listing<>(List.of(), null)));
    }

    @Get("/{id}")
    @Operation(summary = "Shows an audit with one page of its findings")
    AuditView show(String id, @QueryValue @Nullable String cursor, @QueryValue @Nullable String limit) {
        Fields query = Fields.ofQuery();
        PageRequest page = query.page(cursor, limit);
        query.check();

        return reports.byId(id)
                .map(report -> AuditView.of(report, Listing.of(reports.findings(id, page), Function.identity())))
                .orElseThrow(() -> Refused.notFound("an audit", id));
    }

    @Post("/accept")
    @Operation(summary = "Accepts that the ledger was restored from an older backup: new runs may start again")
    Standing accept(@Body @Nullable String body, @Header(Actor.HEADER) @Nullable String actor) {
        Fields.ofBody(body).check();
        LedgerStanding before = mark.standing();

        LedgerStanding now = mark.accept();

        decisions.write(Actor.of(actor), "ledger.accept", "ledger", Map.of("before", before.toString()));
        return new Standing(now instanceof LedgerStanding.Current, now.highWater());
    }

    /**
     * Whether the ledger may go on.
     *
     * @param accepts new runs
     */
    public record Standing(boolean accepts, long highWater) {}
}
