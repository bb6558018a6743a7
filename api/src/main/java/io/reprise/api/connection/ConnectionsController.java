package io.reprise.api.connection;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.reprise.api.access.Actor;
import io.reprise.api.access.Decisions;
import io.reprise.api.shared.Fields;
import io.reprise.api.shared.Listing;
import io.reprise.api.shared.Refused;
import io.reprise.catalog.connection.ConnectionDefinition;
import io.reprise.db.connection.ConnectionLeases;
import io.reprise.db.connection.ConnectionProbes;
import io.reprise.db.pipeline.Definition;
import io.reprise.db.pipeline.Definitions;
import io.reprise.workflows.connection.ConnectionStart;
import io.reprise.workflows.connection.PreparationOrder.How;
import io.reprise.workflows.connection.Prepared;
import io.reprise.workflows.run.Name;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The databases that steps may use. */
@Tag(name = "connections")
@Controller("/api/v1/connections")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ConnectionsController {

    private static final String KIND = "connection";

    private final Definitions definitions;
    private final ConnectionProbes probes;
    private final ConnectionLeases leases;
    private final Preparation preparation;
    private final Decisions decisions;

    ConnectionsController(
            Definitions definitions,
            ConnectionProbes probes,
            ConnectionLeases leases,
            Preparation preparation,
            Decisions decisions) {
        this.definitions = definitions;
        this.probes = probes;
        this.leases = leases;
        this.preparation = preparation;
        this.decisions = decisions;
    }

    @Get
    @Operation(summary = "Lists the connections of the catalog that is applied")
    Listing<ConnectionView> list() {
        return new Listing<>(definitions.current(KIND).stream().map(this::view).toList(), null);
    }

    private ConnectionView view(Definition definition) {
        return ConnectionView.of(
                ConnectionDefinition.fromJson(definition.text()),
                definition.hash(),
                leases.held(definition.name()),
                probes.newest(definition.name(), definition.hash()));
    }

    @Post("/{name}/prepare")
    @Operation(summary = "Makes the kit (kit), finds out what may be promised too (probe), or shows its DDL (ddl)")
    PreparedView prepare(String name, @Body @Nullable String body, @Header(Actor.HEADER) @Nullable String claimed) {
        Fields fields = Fields.ofBody(body, "how");
        How how =
                fields.word("/how", fields.text("how").orElse(null), How.class).orElse(How.KIT);
        fields.check();
        Definition known = definitions.current(KIND, name).orElseThrow(() -> Refused.notFound("a connection", name));
        Actor actor = Actor.of(claimed);

        Prepared prepared = preparation.ask(new ConnectionStart(new Name(known.name()), how, actor.name()));

        if (how != How.DDL) {
            decisions.write(actor, "connection.prepare", name, Map.of("how", how.name()));
        }
        return PreparedView.of(prepared);
    }
}
