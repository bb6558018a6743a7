package io.reprise.api.run;

import io.grpc.StatusRuntimeException;
import io.reprise.db.Ledger;
import io.reprise.db.run.WorkerPresence;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.exception.DataAccessException;

/** Asks every part that an order needs. It is ready when all answer, a worker polls, and the shop has its data. */
public final class Readiness {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration SILENCE = Duration.ofSeconds(6);
    private static final String UP = "up";
    private static final String UP_BUT = "up, but ";

    private final Ledger ledger;
    private final WorkflowClient temporal;

    public Readiness(Ledger ledger, WorkflowClient temporal) {
        this.ledger = ledger;
        this.temporal = temporal;
    }

    public enum Status {
        UP,
        DOWN
    }

    /**
     * What one part said.
     *
     * @param detail what is wrong, in words; empty where nothing is
     */
    public record Part(String name, Status status, String detail) {

        static Part up(String name) {
            return new Part(name, Status.UP, "");
        }

        static Part down(String name, String detail) {
            return new Part(name, Status.DOWN, detail);
        }
    }

    /** What all parts said. */
    public record Report(Status status, List<Part> parts) {

        public Report {
            parts = List.copyOf(parts);
        }

        static Report of(Part... parts) {
            boolean allUp = List.of(parts).stream().allMatch(part -> part.status() == Status.UP);
            return new Report(allUp ? Status.UP : Status.DOWN, List.of(parts));
        }
    }

    public Report look() {
        Part temporalPart = temporal();
        List<WorkerPresence> workers;
        try {
            workers = ledger.workers().heardWithin(SILENCE);
        } catch (DataAccessException e) {
            return Report.of(
                    Part.down(
                            "ledger", "its database does not answer, or reprise migrate did not run: " + firstLine(e)),
                    temporalPart);
        }
        return Report.of(
                Part.up("ledger"),
                temporalPart,
                worker(workers),
                asWorkersSee("kafka", workers, WorkerPresence::kafka),
                asWorkersSee("shop", workers, WorkerPresence::shopDb),
                seeded(workers));
    }

    private Part temporal() {
        String namespace = temporal.getOptions().getNamespace();
        try {
            TemporalCalls.within(
                    PATIENCE,
                    () -> temporal.getWorkflowServiceStubs()
                            .blockingStub()
                            .describeNamespace(DescribeNamespaceRequest.newBuilder()
                                    .setNamespace(namespace)
                                    .build()));
            return Part.up("temporal");
        } catch (StatusRuntimeException e) {
            return Part.down(
                    "temporal",
                    "it does not answer for namespace " + namespace + ": "
                            + e.getStatus().getCode());
        }
    }

    private static Part worker(List<WorkerPresence> workers) {
        if (workers.isEmpty()) {
            return Part.down(
                    "worker",
                    "none was heard of for " + SILENCE.toSeconds() + " s (expected: reprise worker, or reprise dev)");
        }
        boolean polls = workers.stream().anyMatch(worker -> !worker.taskQueues().isEmpty());
        return polls ? Part.up("worker") : Part.down("worker", "none that is there serves a task queue yet");
    }

    /** What one of them reaches is there; what it says besides is told. */
    private static Part asWorkersSee(String name, List<WorkerPresence> workers, Function<WorkerPresence, String> seen) {
        List<String> said = workers.stream().map(seen).toList();
        Optional<String> complaint =
                said.stream().filter(it -> it.startsWith(UP_BUT)).findFirst();
        if (complaint.isPresent()) {
            return new Part(name, Status.UP, complaint.get().substring(UP_BUT.length()));
        }
        if (said.contains(UP)) {
            return Part.up(name);
        }
        return Part.down(
                name,
                said.stream().findFirst().map(it -> "a worker says: " + it).orElse("no worker can say"));
    }

    private static Part seeded(List<WorkerPresence> workers) {
        return workers.stream().anyMatch(WorkerPresence::seeded)
                ? Part.up("seeded")
                : Part.down("seeded", "no worker has seen the shop's data (expected: reprise migrate --seed)");
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
