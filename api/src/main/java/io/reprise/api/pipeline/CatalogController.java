package io.reprise.api.pipeline;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.reprise.api.access.Actor;
import io.reprise.api.access.Decisions;
import io.reprise.api.contract.ContractRegistration;
import io.reprise.api.shared.Fields;
import io.reprise.api.shared.ProblemType;
import io.reprise.api.shared.Refused;
import io.reprise.catalog.contract.ContractDrift;
import io.reprise.db.pipeline.CatalogApplied;
import io.reprise.db.pipeline.Definitions;
import io.reprise.db.pipeline.NewCatalog;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Takes catalogs: what new runs are made from. */
@Tag(name = "catalog")
@Controller("/api/v1/catalog")
@ExecuteOn(TaskExecutors.BLOCKING)
final class CatalogController {

    private final Definitions definitions;
    private final CatalogUpload upload;
    private final ContractRegistration registration;
    private final Decisions decisions;

    CatalogController(
            Definitions definitions, CatalogUpload upload, ContractRegistration registration, Decisions decisions) {
        this.definitions = definitions;
        this.upload = upload;
        this.registration = registration;
        this.decisions = decisions;
    }

    @Post("/plan")
    @Operation(
            summary = "Tells what applying a catalog would change: "
                    + "{\"pipelines\":[text, …],\"connections\":[text, …],\"contracts\":[text, …],"
                    + "\"triggers\":[text, …],\"streams\":[text, …]}")
    CatalogPlanView plan(@Body @Nullable String body) {
        NewCatalog catalog =
                upload.read(Fields.ofBody(body, "pipelines", "connections", "contracts", "triggers", "streams"));
        var plan = definitions.plan(catalog);
        return CatalogPlanView.of(plan, plan.revision());
    }

    @Post("/apply")
    @Operation(
            summary =
                    "Makes a catalog the current one, and nothing else; with a revision, only if nobody changed it since")
    CatalogPlanView apply(@Body @Nullable String body, @Header(Actor.HEADER) @Nullable String claimed) {
        Fields fields = Fields.ofBody(body, "pipelines", "connections", "contracts", "triggers", "streams", "revision");
        OptionalLong revision = revision(fields);
        NewCatalog catalog = upload.read(fields);
        Actor actor = Actor.of(claimed);

        CatalogPlanView view = switch (definitions.apply(catalog, actor.name(), revision)) {
            case CatalogApplied.Current current -> CatalogPlanView.of(current.plan(), current.revision());
            case CatalogApplied.Moved moved ->
                throw Refused.because(
                        ProblemType.NOT_POSSIBLE,
                        "asked to apply the catalog over revision " + moved.expected() + " and found " + moved.found()
                                + " (expected: nobody changes it meanwhile; plan it again)");
        };

        List<ContractDrift> drifts = registration.register(CatalogUpload.contracts(catalog));

        if (view.changes()) {
            decisions.write(actor, "catalog.apply", "catalog", Map.of("revision", Long.toString(view.revision())));
        }
        return view.with(drifts);
    }

    private static OptionalLong revision(Fields fields) {
        Optional<String> text = fields.text("revision");
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text.get()));
        } catch (NumberFormatException noNumber) {
            fields.wrong("/revision", text.get(), "the revision of a plan, as text");
            return OptionalLong.empty();
        }
    }

    @Get("/definitions/{hash}")
    @Operation(summary = "Shows a definition as its runs have it")
    DefinitionView definition(String hash) {
        return definitions
                .byHash(hash)
                .map(DefinitionView::of)
                .orElseThrow(() -> Refused.notFound("a definition", hash));
    }
}
