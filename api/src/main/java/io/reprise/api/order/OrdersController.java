package io.reprise.api.order;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.reprise.api.access.Actor;
import io.reprise.api.access.Decisions;
import io.reprise.api.run.RunIntake;
import io.reprise.api.run.RunVerbs;
import io.reprise.api.run.ShownRuns;
import io.reprise.api.shared.Fields;
import io.reprise.api.shared.Refused;
import io.reprise.db.run.NewRun;
import io.reprise.db.run.Run;
import io.reprise.workflows.order.Order;
import io.reprise.workflows.order.OrderWorkflow;
import io.reprise.workflows.run.Name;
import io.reprise.workflows.run.WorkflowId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Tag(name = "orders")
@Controller("/api/v1/orders")
@ExecuteOn(TaskExecutors.BLOCKING)
final class OrdersController {

    private static final String UNSAID = "cancelled over HTTP";

    private final OrderIntake orders;
    private final RunIntake runs;
    private final ShownRuns shown;
    private final RunVerbs verbs;
    private final Decisions decisions;

    OrdersController(OrderIntake orders, RunIntake runs, ShownRuns shown, RunVerbs verbs, Decisions decisions) {
        this.orders = orders;
        this.runs = runs;
        this.shown = shown;
        this.verbs = verbs;
        this.decisions = decisions;
    }

    @Post
    @Operation(
            summary = "Places an order",
            description = "Accepted orders are placed once, however often they are sent: the same id with the same"
                    + " content is the same order. A business refusal, such as an unknown sku, is accepted and ends"
                    + " REJECTED.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Order.class)))
    HttpResponse<OrderView> place(@Body byte[] body, @Header("Idempotency-Key") @Nullable String key) {
        NewRun order = orders.readBody(body);

        Run run = runs.accept(order, key);

        return HttpResponse.<OrderView>accepted(location(run)).body(view(find(run.name())));
    }

    @Get("/{id}")
    @Operation(summary = "Shows an order as its newest run has it")
    OrderView show(String id) {
        return view(find(id));
    }

    @Post("/{id}/cancel")
    @Operation(
            summary =
                    "Cancels an order and undoes what was done; 409 too-late once it is complete; 503 not-started, and the"
                            + " wish noted, while its start is under way")
    HttpResponse<OrderView> cancel(
            String id, @Body @Nullable String body, @Header(Actor.HEADER) @Nullable String actor) {
        Fields fields = Fields.ofBody(body, "reason");
        String reason = fields.text("reason").orElse(UNSAID);
        fields.check();
        Run run = find(id);

        boolean heard = verbs.cancel(run, reason);

        decisions.write(Actor.of(actor), "order.cancel", run.ref().workflowId().value(), Map.of("reason", reason));
        if (!heard) {
            throw verbs.onlyNoted(run);
        }
        Run now = find(id);
        return (now.isEnded() ? HttpResponse.<OrderView>ok() : HttpResponse.<OrderView>accepted(location(now)))
                .body(view(now));
    }

    private Run find(String orderId) {
        if (!Name.isName(orderId)) {
            throw Refused.notFound("an order", orderId);
        }
        return shown.latest(WorkflowId.of(OrderWorkflow.TYPE, new Name(orderId)))
                .orElseThrow(() -> Refused.notFound("an order", orderId));
    }

    private OrderView view(Run run) {
        return OrderView.of(run, shown.steps(run));
    }

    private static URI location(Run run) {
        return URI.create("/api/v1/orders/" + run.name());
    }
}
