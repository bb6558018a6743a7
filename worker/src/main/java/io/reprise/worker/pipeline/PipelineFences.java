package io.reprise.worker.pipeline;

import io.reprise.activities.saga.FenceRow;
import io.reprise.activities.saga.Fences;
import io.reprise.activities.saga.FencesOfRuns;
import io.reprise.db.run.RunRef;
import io.reprise.db.run.Runs;
import io.reprise.workflows.pipeline.PipelineInput;
import io.reprise.workflows.pipeline.PipelineWorkflow;
import io.reprise.workflows.pipeline.Plan;
import io.reprise.workflows.pipeline.PlannedStep;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the fences of pipelines on the connections that their plans name, and of all others in the shop. What a connection that
 * is away holds is not known for now: whoever looks after many runs must not wait for it again and again.
 */
public final class PipelineFences implements FencesOfRuns {

    private static final Logger LOG = LoggerFactory.getLogger(PipelineFences.class);
    private static final String QUEUES = "sql.";
    private static final long NOT_AGAIN_NANOS = Duration.ofSeconds(30).toNanos();

    private final Fences shop;
    private final SqlQueues connections;
    private final Runs runs;
    private final Map<String, Long> awaySince = new ConcurrentHashMap<>();

    public PipelineFences(Fences shop, SqlQueues connections, Runs runs) {
        this.shop = shop;
        this.connections = connections;
        this.runs = runs;
    }

    @Override
    public List<FenceRow> of(RunRef run) throws SQLException {
        if (!run.workflowId().feature().equals(PipelineWorkflow.TYPE)) {
            return shop.ofRun(run.workflowId());
        }
        List<FenceRow> rows = new ArrayList<>();
        for (String connection : named(run)) {
            rows.addAll(on(connection, run));
        }
        rows.sort(Comparator.comparingInt(FenceRow::position));
        return rows;
    }

    private List<String> named(RunRef run) {
        Optional<Plan> plan = runs.input(run).map(PipelineInput::read).map(PipelineInput::plan);
        return plan.map(it -> Stream.concat(it.steps().stream(), it.last().stream())
                        .map(PlannedStep::queue)
                        .filter(queue -> queue.startsWith(QUEUES))
                        .map(queue -> queue.substring(QUEUES.length()))
                        .distinct()
                        .toList())
                .orElse(List.of());
    }

    private List<FenceRow> on(String connection, RunRef run) {
        Optional<Fences> fences = connections.fences(connection);
        Long since = awaySince.get(connection);
        if (fences.isEmpty() || (since != null && System.nanoTime() - since < NOT_AGAIN_NANOS)) {
            return List.of();
        }
        try {
            List<FenceRow> rows = fences.get().ofRun(run.workflowId());
            awaySince.remove(connection);
            return rows;
        } catch (SQLException away) {
            awaySince.put(connection, System.nanoTime());
            LOG.warn(
                    "The fences of {} on connection {} are not known now: {}",
                    run.workflowId(),
                    connection,
                    away.getMessage());
            return List.of();
        }
    }
}
