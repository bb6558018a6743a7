package io.reprise.worker.pipeline;

import io.reprise.activities.saga.FenceHome;
import io.reprise.activities.saga.FenceRow;
import io.reprise.activities.saga.Fences;
import io.reprise.activities.saga.FencesOfRuns;
import io.reprise.activities.saga.FencesUnknown;
import io.reprise.activities.saga.RunClosing;
import io.reprise.db.run.RunRef;
import io.reprise.db.run.Runs;
import io.reprise.workflows.pipeline.PipelineInput;
import io.reprise.workflows.pipeline.PipelineWorkflow;
import io.reprise.workflows.pipeline.Plan;
import io.reprise.workflows.saga.Step;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads and closes the fences of pipelines on the connections that their plans name, and of all others in the shop. A database that did
 * not answer is not asked again for a while: whoever looks after many runs must not wait for it again and again.
 */
public final class PipelineFences implements FencesOfRuns, RunClosing {

    private static final Logger LOG = LoggerFactory.getLogger(PipelineFences.class);
    private static final Duration NOT_AGAIN = Duration.ofSeconds(30);
    private static final String SHOP = "the shop";

    private final FencedDatabase shop;
    private final SqlQueues connections;
    private final Runs runs;
    private final long notAgainNanos;
    private final Map<String, Long> awaySince = new ConcurrentHashMap<>();

    public PipelineFences(FencedDatabase shop, SqlQueues connections, Runs runs) {
        this(shop, connections, runs, NOT_AGAIN);
    }

    PipelineFences(FencedDatabase shop, SqlQueues connections, Runs runs, Duration notAgain) {
        this.shop = shop;
        this.connections = connections;
        this.runs = runs;
        this.notAgainNanos = notAgain.toNanos();
    }

    @Override
    public List<FenceRow> of(RunRef run) throws FencesUnknown {
        if (!isPipeline(run)) {
            return ask(SHOP, shop.fences(), run);
        }
        List<FenceRow> rows = new ArrayList<>();
        for (String connection : plan(run).fencedOn()) {
            rows.addAll(ask(words(connection), served(connection, run).fences(), run));
        }
        rows.sort(Comparator.comparingInt(FenceRow::position));
        return rows;
    }

    @Override
    public void close(RunRef run, List<Step> steps) throws FencesUnknown {
        if (!isPipeline(run)) {
            close(SHOP, shop, run, steps);
            return;
        }
        Plan plan = plan(run);
        for (String connection : plan.fencedOn()) {
            List<Step> there = steps.stream()
                    .filter(step ->
                            plan.fencedOn(step.id()).filter(connection::equals).isPresent())
                    .toList();
            close(words(connection), served(connection, run), run, there);
        }
    }

    private static void close(String name, FencedDatabase database, RunRef run, List<Step> steps) throws FencesUnknown {
        try {
            database.closing().close(run, steps);
        } catch (SQLException later) {
            throw new FencesUnknown(run.workflowId(), name, "it answers: " + later.getMessage());
        }
    }

    private static boolean isPipeline(RunRef run) {
        return run.workflowId().feature().equals(PipelineWorkflow.TYPE);
    }

    private FencedDatabase served(String connection, RunRef run) throws FencesUnknown {
        return connections
                .fenced(connection)
                .orElseThrow(() ->
                        new FencesUnknown(run.workflowId(), words(connection), "it is not served by this worker"));
    }

    /** All of them, for whoever looks through every fence: the shop, and each connection that the catalog has. */
    public List<FenceHome> homes() {
        List<FenceHome> homes = new ArrayList<>();
        homes.add(new FenceHome(SHOP, Optional.of(shop.fences())));
        connections
                .known()
                .forEach(it -> homes.add(
                        new FenceHome(words(it), connections.fenced(it).map(FencedDatabase::fences))));
        return homes;
    }

    private Plan plan(RunRef run) throws FencesUnknown {
        return runs.input(run)
                .map(PipelineInput::read)
                .map(PipelineInput::plan)
                .orElseThrow(() ->
                        new FencesUnknown(run.workflowId(), "its connections", "the ledger has dropped its plan"));
    }

    private static String words(String connection) {
        return "connection " + connection;
    }

    private List<FenceRow> ask(String database, Fences fences, RunRef run) throws FencesUnknown {
        Optional<Long> since = Optional.ofNullable(awaySince.get(database));
        if (since.filter(away -> System.nanoTime() - away < notAgainNanos).isPresent()) {
            throw new FencesUnknown(run.workflowId(), database, "it was away a moment ago");
        }
        try {
            List<FenceRow> rows = fences.ofRun(run.workflowId());
            awaySince.remove(database);
            return rows;
        } catch (SQLException away) {
            awaySince.put(database, System.nanoTime());
            LOG.warn("The fences on {} cannot be told now: {}", database, away.getMessage());
            throw new FencesUnknown(run.workflowId(), database, "it answers: " + away.getMessage());
        }
    }
}
