package io.reprise.cli.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.CommandFailed;
import io.reprise.cli.shared.ExitCode;
import io.reprise.cli.shared.Table;
import io.reprise.workflows.order.OrderSaga;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.WorkflowReplayer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "replay",
        description = "Replays a run's history against the code that is here: does a change break running workflows?",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Nothing is done again: a replay only decides. Exit 1 where the code decides otherwise than the history.",
            "",
            "Example:",
            "  reprise run replay order/o-1001",
        })
public final class RunReplayCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Parameters(paramLabel = "ID", description = "A run id or a workflow id")
    private String id = "";

    @Override
    public Integer call() {
        String json = api.client().text("/runs/" + ApiClient.segment(id) + "/history");
        WorkflowExecutionHistory history = WorkflowExecutionHistory.fromJson(json);
        replay(history);
        api.print(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("run", id)
                        .put("workflowId", history.getWorkflowExecution().getWorkflowId())
                        .put("events", history.getEvents().size())
                        .put("replays", true),
                result -> Table.card(result, "run", "workflowId", "events", "replays"));
        return ExitCode.DONE.code();
    }

    private void replay(WorkflowExecutionHistory history) {
        try {
            WorkflowReplayer.replayWorkflowExecution(history, OrderSaga.class);
            // The replayer declares that it throws Exception, and means any of them.
        } catch (Exception diverged) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "replayed " + history.getEvents().size() + " events of " + id
                            + " and the code that is here decides otherwise: " + diverged.getMessage(),
                    diverged);
        }
    }
}
