package io.reprise.worker.schedule;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.reprise.db.schedule.Schedule;
import io.reprise.db.schedule.ScheduleTerms;
import io.reprise.workflows.run.SearchAttributes;
import io.reprise.workflows.schedule.LaunchOrder;
import io.reprise.workflows.schedule.ScheduleWorkflow;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleDescription;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.client.schedules.ScheduleListDescription;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.client.schedules.ScheduleState;
import io.temporal.client.schedules.ScheduleUpdate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes Temporal's schedules what the ledger's are. They only launch; which slot that is, and whether, the ledger decides. */
final class TemporalSchedules {

    private static final Logger LOG = LoggerFactory.getLogger(TemporalSchedules.class);
    static final String PREFIX = ScheduleWorkflow.TYPE + "/";
    private static final int AT_ONCE = 200;
    // What was missed is caught up from the ledger.
    private static final Duration CATCH_UP = Duration.ofMinutes(1);
    private static final String NO_SCHEDULES =
            "the in-memory Temporal server has no schedules (expected: a real one, such as"
                    + " ./reprise dev with Temporal's command line or server); start slots by reprise schedule trigger";

    private final ScheduleClient client;

    TemporalSchedules(WorkflowClient temporal) {
        this.client = ScheduleClient.newInstance(
                temporal.getWorkflowServiceStubs(),
                ScheduleClientOptions.newBuilder()
                        .setNamespace(temporal.getOptions().getNamespace())
                        .setIdentity(temporal.getOptions().getIdentity())
                        .build());
    }

    /** Answers why the server does not fire it; empty where it does. Throws where the server does not answer. */
    Optional<String> keep(Schedule schedule) {
        String id = PREFIX + schedule.pipeline();
        try {
            if (!isThere(id, schedule)) {
                create(id, schedule);
            }
            return Optional.empty();
        } catch (ScheduleAlreadyRunningException somebodyElse) {
            return Optional.empty();
        } catch (ScheduleException | StatusRuntimeException refused) {
            return switch (codeOf(refused)) {
                case UNIMPLEMENTED -> Optional.of(NO_SCHEDULES);
                case INVALID_ARGUMENT -> Optional.of("Temporal refuses it: " + refused);
                default -> throw refused;
            };
        }
    }

    private boolean isThere(String id, Schedule schedule) {
        try {
            ScheduleDescription found = client.getHandle(id).describe();
            if (!isMeant(found, schedule)) {
                client.getHandle(id).update(_ -> new ScheduleUpdate(meant(schedule)));
                LOG.info("Temporal's schedule of {} is changed to {}", schedule.pipeline(), terms(schedule));
            }
            return true;
        } catch (ScheduleException | StatusRuntimeException none) {
            if (codeOf(none) == Status.Code.NOT_FOUND) {
                return false;
            }
            throw none;
        }
    }

    private void create(String id, Schedule schedule) {
        client.createSchedule(id, meant(schedule), ScheduleOptions.newBuilder().build());
        LOG.info("Temporal fires {} from now on: {}", schedule.pipeline(), terms(schedule));
    }

    /** Takes away what no catalog has any more. */
    void removeOthers(Set<String> pipelines) {
        try {
            others(pipelines).forEach(this::remove);
        } catch (ScheduleException | StatusRuntimeException e) {
            // A server without schedules has none that is left over.
            if (codeOf(e) != Status.Code.UNIMPLEMENTED) {
                throw e;
            }
        }
    }

    private List<String> others(Set<String> pipelines) {
        try (Stream<ScheduleListDescription> all = client.listSchedules(AT_ONCE)) {
            return all.map(ScheduleListDescription::getScheduleId)
                    .filter(id -> id.startsWith(PREFIX))
                    .filter(id -> !pipelines.contains(id.substring(PREFIX.length())))
                    .toList();
        }
    }

    private void remove(String id) {
        try {
            client.getHandle(id).delete();
            LOG.info("Temporal's schedule {} is removed: no catalog has it any more", id);
        } catch (ScheduleException gone) {
            if (codeOf(gone) != Status.Code.NOT_FOUND) {
                throw gone;
            }
        }
    }

    private static boolean isMeant(ScheduleDescription found, Schedule schedule) {
        ScheduleState state = found.getSchedule().getState();
        boolean paused = state != null && state.isPaused();
        return found.getSchedule().getAction() instanceof ScheduleActionStartWorkflow action
                && action.getArguments().get(0, LaunchOrder.class).equals(order(schedule))
                && paused == schedule.pause().isPresent();
    }

    private static io.temporal.client.schedules.Schedule meant(Schedule schedule) {
        ScheduleTerms terms = schedule.terms();
        ScheduleState.Builder state =
                ScheduleState.newBuilder().setPaused(schedule.pause().isPresent());
        schedule.pause().ifPresent(pause -> state.setNote(pause.reason()));
        return io.temporal.client.schedules.Schedule.newBuilder()
                .setSpec(ScheduleSpec.newBuilder()
                        .setCronExpressions(List.of(terms.cron()))
                        .setTimeZoneName(terms.zone().getId())
                        .setStartAt(terms.startAt())
                        .setJitter(terms.jitter())
                        .build())
                .setAction(ScheduleActionStartWorkflow.newBuilder()
                        .setWorkflowType(ScheduleWorkflow.TYPE)
                        .setArguments(order(schedule))
                        .setOptions(launch(schedule))
                        .build())
                .setPolicy(SchedulePolicy.newBuilder()
                        .setOverlap(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_ALLOW_ALL)
                        .setCatchupWindow(CATCH_UP)
                        .build())
                .setState(state.build())
                .build();
    }

    private static WorkflowOptions launch(Schedule schedule) {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(PREFIX + schedule.pipeline())
                .setTaskQueue(ScheduleWorkflow.TASK_QUEUE)
                .setTypedSearchAttributes(io.temporal.common.SearchAttributes.newBuilder()
                        .set(SearchAttributes.FEATURE, ScheduleWorkflow.TYPE)
                        .set(SearchAttributes.NAME, schedule.pipeline())
                        .build())
                .build();
    }

    private static LaunchOrder order(Schedule schedule) {
        return new LaunchOrder(schedule.pipeline(), terms(schedule));
    }

    private static String terms(Schedule schedule) {
        ScheduleTerms terms = schedule.terms();
        return terms.cron() + " in " + terms.zone() + " from " + terms.startAt() + ", put off by up to "
                + terms.jitter();
    }

    private static Status.Code codeOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StatusRuntimeException status) {
                return status.getStatus().getCode();
            }
        }
        return Status.Code.UNKNOWN;
    }
}
