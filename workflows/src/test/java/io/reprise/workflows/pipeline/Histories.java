package io.reprise.workflows.pipeline;

import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.SearchAttributes;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.common.converter.DefaultDataConverter;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Reads what Temporal recorded of a run. */
final class Histories {

    private Histories() {}

    static Stream<HistoryEvent> events(WorkflowExecutionHistory history, EventType type) {
        return history.getEvents().stream().filter(event -> event.getEventType() == type);
    }

    /** What Temporal's own pages call the activities of a run, in the order in which they were scheduled. */
    static List<String> summaries(WorkflowExecutionHistory history) {
        return events(history, EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)
                .map(event -> text(event.getUserMetadata().getSummary()))
                .toList();
    }

    /** What the run called itself on its way, in Temporal's search attributes. */
    static List<Forward> shown(WorkflowExecutionHistory history) {
        return events(history, EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES)
                .map(event -> event.getUpsertWorkflowSearchAttributesEventAttributes()
                        .getSearchAttributes()
                        .getIndexedFieldsMap()
                        .get(SearchAttributes.FORWARD.getName()))
                .filter(Objects::nonNull)
                .map(payload -> Forward.valueOf(text(payload)))
                .toList();
    }

    /** How many activities were ever scheduled and not ended at the same time. */
    static int mostOpenActivities(WorkflowExecutionHistory history) {
        int open = 0;
        int most = 0;
        for (HistoryEvent event : history.getEvents()) {
            if (event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED) {
                open++;
            } else if (event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED) {
                open--;
            }
            most = Math.max(most, open);
        }
        return most;
    }

    private static String text(Payload payload) {
        return DefaultDataConverter.STANDARD_INSTANCE.fromPayload(payload, String.class, String.class);
    }
}
